-- The cells of a plan's latest version that a user may see, in fen. The item is
-- the product, or the category where the plan has no products.
SELECT
    COALESCE(cell.product_id, cell.category, '') AS item,
    COALESCE(cell.region_id, '') AS region_id,
    COALESCE(cell.employee_id, cell.dealer_id, '') AS owner_id,
    cell.month AS month,
    CAST(SUM(cell.amount * 100) AS BIGINT) AS cents,
    BOOL_AND(COALESCE(cell.locked, FALSE)) AS locked
FROM target_cell AS cell
WHERE cell.plan_id = $plan
    AND ({parts/in_scope cell.region_id})
GROUP BY
    COALESCE(cell.product_id, cell.category, ''),
    COALESCE(cell.region_id, ''),
    COALESCE(cell.employee_id, cell.dealer_id, ''),
    cell.month
ORDER BY
    item NULLS LAST,
    region_id NULLS LAST,
    owner_id NULLS LAST,
    month NULLS LAST
