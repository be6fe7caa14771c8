-- Id and name of every region a user may see.
SELECT
    region.region_id AS region_id,
    region.name AS name
FROM region AS region
WHERE $scope IS NULL
    OR region.region_id IN (
        SELECT closure.region_id
        FROM region_closure AS closure
        WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
    )
ORDER BY region.region_id NULLS LAST
