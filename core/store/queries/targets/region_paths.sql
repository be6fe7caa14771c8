-- Regions of one level with everything above them, from the region itself (distance 0) up.
SELECT
    region.region_id AS region_id,
    path.ancestor_id AS ancestor_id,
    path.distance AS distance,
    above.name AS name,
    COALESCE(above.name_en, above.name) AS name_en,
    above.level AS level
FROM region AS region
INNER JOIN region_closure AS path
    ON path.region_id = region.region_id
INNER JOIN region AS above
    ON above.region_id = path.ancestor_id
WHERE region.level = $level
    AND (
        $within IS NULL
        OR region.region_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id = $within
        )
    )
    AND (
        $scope IS NULL
        OR region.region_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
    )
ORDER BY
    region.region_id NULLS LAST,
    path.distance NULLS LAST
