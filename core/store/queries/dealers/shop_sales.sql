-- Our sales in the shops of a dealer by kind of shop and region. A shop's total is its row without a product
-- where there is one, else the sum of its products.
WITH monthly AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.month AS month,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS amount
    FROM terminal_sales AS s
    INNER JOIN terminal AS x ON x.terminal_id = s.terminal_id
    WHERE x.dealer_id = $dealer
        AND s.company_id = $own
        AND s.month BETWEEN $start AND $end
    GROUP BY s.terminal_id, s.month
)

SELECT
    t.outlet_type AS outlet_type,
    ANY_VALUE(r.name) AS name,
    ANY_VALUE(r.name_en) AS name_en,
    COUNT(DISTINCT t.terminal_id) AS shops,
    COUNT(DISTINCT monthly.terminal_id) AS active,
    CAST(SUM(monthly.amount) AS DOUBLE) AS amount
FROM terminal AS t
LEFT JOIN monthly ON monthly.terminal_id = t.terminal_id
LEFT JOIN region AS r ON r.region_id = t.region_id
WHERE t.dealer_id = $dealer
    AND COALESCE(t.status, '') <> 'closed'
    AND ({parts/in_scope t.region_id})
GROUP BY t.outlet_type, t.region_id
ORDER BY t.outlet_type ASC NULLS LAST, t.region_id ASC NULLS LAST
