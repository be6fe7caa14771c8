-- Dealers' sales by month: the dealer's total where there is one, else the sum of its products, each measure
-- for itself.
SELECT
    s.month AS month,
    s.dealer_id AS dealer_id,
    CAST(COALESCE(
        SUM(CASE WHEN s.product_id IS NULL THEN s.sell_in_amount END), SUM(s.sell_in_amount)) AS DOUBLE)
        AS sell_in,
    CAST(COALESCE(
        SUM(CASE WHEN s.product_id IS NULL THEN s.sell_out_amount END), SUM(s.sell_out_amount)) AS DOUBLE)
        AS sell_out
FROM dealer_sales AS s
INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
WHERE s.month BETWEEN $start AND $end
    AND ({parts/in_scope d.region_id})
GROUP BY s.month, s.dealer_id
ORDER BY s.month ASC NULLS LAST, s.dealer_id ASC NULLS LAST
