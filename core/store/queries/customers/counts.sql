-- How many dealers and terminals the user may see.
SELECT
    (
        SELECT COUNT(*)
        FROM dealer AS d
        WHERE $scope IS NULL OR d.region_id IN (
            SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
    ) AS dealer,
    (
        SELECT COUNT(*)
        FROM terminal AS t
        WHERE $scope IS NULL OR t.region_id IN (
            SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
    ) AS terminal
