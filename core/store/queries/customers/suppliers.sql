-- Dealers to whom terminals may be given.
SELECT d.dealer_id AS id, d.name AS name
FROM dealer AS d
WHERE {parts/in_scope d.region_id}
ORDER BY d.name ASC NULLS LAST, d.dealer_id ASC NULLS LAST
