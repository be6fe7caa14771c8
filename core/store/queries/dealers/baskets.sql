-- Which of our products each shop of a dealer bought in a period.
SELECT DISTINCT
    s.terminal_id AS basket,
    s.product_id AS item
FROM terminal_sales AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE t.dealer_id = $dealer
    AND s.company_id = $own
    AND s.product_id IS NOT NULL
    AND s.amount > 0
    AND s.month BETWEEN $start AND $end
    AND ({parts/in_scope t.region_id})
ORDER BY basket ASC NULLS LAST, item ASC NULLS LAST
