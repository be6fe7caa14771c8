-- Dealers to whom terminals may be given.
SELECT d.dealer_id AS id, d.name AS name
FROM dealer AS d
WHERE $scope IS NULL OR d.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
ORDER BY d.name ASC NULLS LAST, d.dealer_id ASC NULLS LAST
