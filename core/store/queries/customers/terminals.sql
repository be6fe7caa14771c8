SELECT t.terminal_id AS customer_id, t.name AS name, r.name AS region
FROM terminal AS t
LEFT JOIN region AS r ON r.region_id = t.region_id
ORDER BY t.name ASC NULLS LAST, t.terminal_id ASC NULLS LAST
LIMIT 100
