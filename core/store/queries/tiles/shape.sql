-- Do company totals and product rows of the same shop, month and company stand side by side?
SELECT
    COUNT(CASE WHEN s.product_id IS NULL THEN 1 END) > 0 AS has_totals,
    COUNT(s.product_id) > 0 AS has_products
FROM terminal_sales AS s
WHERE s.month BETWEEN $previous_start AND $end
