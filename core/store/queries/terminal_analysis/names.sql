-- Names and regions of dealers or terminals.
WITH customers AS (
    SELECT d.dealer_id AS customer_id, d.name AS name, d.region_id AS region_id FROM dealer AS d WHERE $kind = 'dealer'
    UNION ALL
    SELECT t.terminal_id AS customer_id, t.name AS name, t.region_id AS region_id
    FROM terminal AS t WHERE $kind = 'terminal'
)

SELECT c.customer_id AS customer_id, c.name AS name, r.name AS place, r.name_en AS place_en
FROM customers AS c
LEFT JOIN region AS r ON r.region_id = c.region_id
WHERE ({parts/in_scope c.region_id})
ORDER BY c.customer_id ASC NULLS LAST
