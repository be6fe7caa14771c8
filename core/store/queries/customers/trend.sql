-- Sales of a terminal, or of all terminals of a dealer, by month and company (yuan): the company's total in a
-- shop and month where there is one, else its products.
WITH shops AS (
    SELECT t.terminal_id AS terminal_id
    FROM terminal AS t
    WHERE CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END = $customer
        AND ({parts/in_scope t.region_id})
),
monthly AS (
    SELECT
        s.month AS month,
        s.company_id AS company_id,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS amount
    FROM terminal_sales AS s
    INNER JOIN shops AS h ON h.terminal_id = s.terminal_id
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE s.month BETWEEN $start AND $end
        AND ($category IS NULL OR p.category = $category)
    GROUP BY s.month, s.company_id, s.terminal_id
)
SELECT
    m.month AS month,
    m.company_id AS company_id,
    ANY_VALUE(c.name) AS name,
    ANY_VALUE(c.name_en) AS name_en,
    COALESCE(BOOL_OR(c.is_aggregate), FALSE) AS is_aggregate,
    CAST(SUM(m.amount) AS DOUBLE) AS amount
FROM monthly AS m
INNER JOIN company AS c ON c.company_id = m.company_id
GROUP BY m.month, m.company_id
ORDER BY m.month ASC NULLS LAST, m.company_id ASC NULLS LAST
