-- Months of the period in which each dealer bought something.
SELECT
    s.dealer_id AS customer_id,
    COUNT(DISTINCT s.month) AS months_active
FROM dealer_sales AS s
LEFT JOIN product AS p ON p.product_id = s.product_id
WHERE s.month BETWEEN $start AND $end
    AND s.sell_in_amount > 0
    AND ($category IS NULL OR p.category = $category)
GROUP BY s.dealer_id
