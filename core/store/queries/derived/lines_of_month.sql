-- What the sales lines of each month hold, counted and summed by themselves: what roll-ups have to tie to.
SELECT
    sales.month AS month,
    CAST(COUNT(*) AS BIGINT) AS lines,
    CAST(COUNT(*) - COUNT(sales.amount) AS BIGINT) AS without_amount,
    CAST(COUNT(CASE WHEN terminal.terminal_id IS NULL THEN 1 END) AS BIGINT) AS unknown_shops,
    CAST(COUNT(CASE WHEN company.company_id IS NULL THEN 1 END) AS BIGINT) AS unknown_companies,
    CAST(COUNT(CASE WHEN sales.product_id IS NOT NULL AND product.product_id IS NULL THEN 1 END) AS BIGINT)
        AS unknown_products,
    CAST(SUM(CASE WHEN sales.product_id IS NULL THEN sales.amount END) AS DECIMAL(38, 2)) AS stated,
    CAST(SUM(CASE WHEN sales.product_id IS NOT NULL THEN sales.amount END) AS DECIMAL(38, 2)) AS products
FROM terminal_sales AS sales
LEFT JOIN terminal AS terminal
    ON terminal.terminal_id = sales.terminal_id
LEFT JOIN company AS company
    ON company.company_id = sales.company_id
LEFT JOIN product AS product
    ON product.product_id = sales.product_id
WHERE $months IS NULL
    OR sales.month IN (SELECT UNNEST(CAST($months AS DATE[])))
GROUP BY sales.month
ORDER BY sales.month NULLS LAST
