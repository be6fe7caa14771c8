SELECT t.dealer_id AS customer_id, t.name AS name, r.name AS region
FROM dealer AS t
LEFT JOIN region AS r ON r.region_id = t.region_id
ORDER BY t.name ASC NULLS LAST, t.dealer_id ASC NULLS LAST
LIMIT 100
