-- A terminal's sales by company and month: the company's total where there is one, else its products.
SELECT
    s.month AS month,
    s.company_id AS company_id,
    ANY_VALUE(c.name) AS name,
    ANY_VALUE(c.name_en) AS name_en,
    BOOL_OR(c.is_aggregate) AS is_aggregate,
    CAST(COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS DOUBLE) AS amount
FROM terminal_sales AS s
INNER JOIN company AS c ON c.company_id = s.company_id
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE s.terminal_id = $terminal
    AND s.month BETWEEN $start AND $end
    AND ({parts/in_scope t.region_id})
GROUP BY s.month, s.company_id
ORDER BY s.month ASC NULLS LAST, s.company_id ASC NULLS LAST
