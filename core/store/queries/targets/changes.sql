-- What the versions of a plan after one of them changed, in fen, the earliest version first. The column
-- category holds the item of the cell, a product's id where the plan goes down to products.
SELECT
    change.version AS version,
    COALESCE(change.category, '') AS item,
    COALESCE(change.region_id, '') AS region_id,
    COALESCE(change.employee_id, change.dealer_id, '') AS owner_id,
    change.month AS month,
    CAST(change.amount_before * 100 AS BIGINT) AS cents_before,
    CAST(change.amount_after * 100 AS BIGINT) AS cents_after,
    change.locked_before AS locked_before,
    change.locked_after AS locked_after
FROM plan_change AS change
WHERE change.plan_id = $plan
    AND change.version > $version
    AND ({parts/in_scope change.region_id})
ORDER BY
    change.version NULLS LAST,
    item NULLS LAST,
    region_id NULLS LAST,
    owner_id NULLS LAST,
    month NULLS LAST
