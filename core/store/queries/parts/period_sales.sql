-- Sales of shops in a period and the months it is compared with, of a category or of all, in whole fen.
SELECT
    s.terminal_id AS terminal_id,
    s.company_id AS company_id,
    s.month AS month,
    s.product_id AS product_id,
    CAST(s.amount * 100 AS BIGINT) AS fen
FROM terminal_sales AS s
LEFT JOIN product AS p ON p.product_id = s.product_id
WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
    AND ($category IS NULL OR p.category = $category)
