-- How many reps have terminals on the map.
SELECT COUNT(DISTINCT t.employee_id) AS reps
FROM terminal AS t
WHERE t.cell >= 0
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
