-- Id and name of every region a user may see.
SELECT
    region.region_id AS region_id,
    region.name AS name
FROM region AS region
WHERE {parts/in_scope region.region_id}
ORDER BY region.region_id NULLS LAST
