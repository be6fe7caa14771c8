-- Our sales by product in the shops, in the period and in the same months a year earlier.
SELECT
    s.product_id AS product_id,
    CAST(SUM(CASE WHEN s.month BETWEEN $start AND $end THEN s.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN s.month BETWEEN $previous_start AND $previous_end THEN s.amount END) AS DOUBLE) AS amount_previous
FROM terminal_sales AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
INNER JOIN product AS p ON p.product_id = s.product_id
WHERE s.company_id = $own
    AND (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
    AND ($category IS NULL OR p.category = $category)
    AND ({parts/in_scope t.region_id})
GROUP BY s.product_id
ORDER BY s.product_id ASC NULLS LAST
