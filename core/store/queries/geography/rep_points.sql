-- Where each rep's terminals are, thinned to zoom-17 cells: enough to draw the territory.
SELECT
    t.employee_id AS employee_id,
    ANY_VALUE(e.name) AS name,
    AVG(t.lat_wgs84) AS lat,
    AVG(t.lon_wgs84) AS lon
FROM terminal AS t
INNER JOIN employee AS e ON e.employee_id = t.employee_id
WHERE t.cell >= 0
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY t.employee_id, t.cell >> 14
ORDER BY t.employee_id ASC NULLS LAST, t.cell >> 14 ASC NULLS LAST
