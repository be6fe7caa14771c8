-- Our sales in terminals by month after one. A month in which our sales of other shops of the region are in and none
-- of this shop counts as zero; a month without any of the region is absent.
WITH asked AS ({parts/asked_shops}),

known AS (
    SELECT DISTINCT
        t.region_id AS region_id,
        s.month AS month
    FROM terminal_sales AS s
    INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
    WHERE s.company_id = $company
        AND s.month > $after
        AND t.region_id IN (SELECT a.region_id FROM asked AS a)
),

sold AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.month AS month,
        CAST(COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS DOUBLE) AS amount
    FROM terminal_sales AS s
    WHERE s.company_id = $company
        AND s.month > $after
        AND s.terminal_id IN (SELECT a.terminal_id FROM asked AS a)
    GROUP BY s.terminal_id, s.month
)

SELECT
    a.terminal_id AS customer_id,
    k.month AS month,
    COALESCE(s.amount, 0.0) AS amount
FROM asked AS a
INNER JOIN known AS k ON k.region_id = a.region_id
LEFT JOIN sold AS s ON s.terminal_id = a.terminal_id AND s.month = k.month
ORDER BY customer_id NULLS LAST, month NULLS LAST
