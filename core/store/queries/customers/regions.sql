-- Regions a user may see, for choosing one: the tree from the top, names within a level.
SELECT r.region_id AS region_id, r.name AS name, r.name_en AS name_en, COUNT(c.ancestor_id) AS depth
FROM region AS r
LEFT JOIN region_closure AS c ON c.region_id = r.region_id
WHERE {parts/in_scope r.region_id}
GROUP BY r.region_id, r.name, r.name_en
ORDER BY depth ASC NULLS LAST, r.region_id ASC NULLS LAST
