-- Our sales in the shops of one rep that are recorded by product with a known margin rate, and their margin; a month.
SELECT
    s.terminal_id AS terminal_id,
    CAST(SUM(s.amount) AS DOUBLE) / NULLIF(CAST($months AS DOUBLE), 0) AS amount,
    SUM(CAST(s.amount AS DOUBLE) * CAST(p.unit_margin_rate AS DOUBLE)) / NULLIF(CAST($months AS DOUBLE), 0) AS margin
FROM terminal_sales AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
INNER JOIN product AS p ON p.product_id = s.product_id
WHERE t.employee_id = $employee
    AND s.company_id = $own
    AND s.month BETWEEN $first_month AND $last_month
    AND p.unit_margin_rate IS NOT NULL
    AND ({parts/in_scope t.region_id})
GROUP BY s.terminal_id
ORDER BY s.terminal_id ASC NULLS LAST
