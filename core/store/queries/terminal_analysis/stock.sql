-- The last stock count of each terminal up to a day: products of ours counted, and those of which none was left.
WITH counts AS (
    SELECT i.customer_id AS terminal_id, i.product_id AS product_id, i.as_of AS as_of, i.quantity AS quantity
    FROM inventory AS i
    LEFT JOIN product AS p ON p.product_id = i.product_id
    WHERE i.customer_type = 'terminal' AND i.as_of <= $until
        AND COALESCE(p.company_id, $own) = $own
        AND ($category IS NULL OR p.category = $category)
),

latest AS (SELECT c.terminal_id AS terminal_id, MAX(c.as_of) AS as_of FROM counts AS c GROUP BY c.terminal_id)

SELECT
    c.terminal_id AS terminal_id,
    CAST(COUNT(*) AS BIGINT) AS products,
    CAST(COUNT(CASE WHEN c.quantity <= 0 THEN 1 END) AS BIGINT) AS empty
FROM counts AS c
INNER JOIN latest AS l ON l.terminal_id = c.terminal_id AND l.as_of = c.as_of
INNER JOIN terminal AS t ON t.terminal_id = c.terminal_id
WHERE ({parts/in_scope t.region_id})
GROUP BY c.terminal_id
ORDER BY c.terminal_id ASC NULLS LAST
