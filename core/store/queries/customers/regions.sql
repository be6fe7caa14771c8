-- Regions a user may see, for choosing one: the tree from the top, names within a level.
SELECT r.region_id AS region_id, r.name AS name, r.name_en AS name_en, COUNT(c.ancestor_id) AS depth
FROM region AS r
LEFT JOIN region_closure AS c ON c.region_id = r.region_id
WHERE $scope IS NULL OR r.region_id IN (
    SELECT b.region_id FROM region_closure AS b WHERE b.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
GROUP BY r.region_id, r.name, r.name_en
ORDER BY depth ASC NULLS LAST, r.region_id ASC NULLS LAST
