-- How many regions of each level lie below one region, the nearest level first.
SELECT
    region.level AS level,
    COUNT(*) AS regions,
    MIN(path.distance) AS distance
FROM region_closure AS path
INNER JOIN region AS region
    ON region.region_id = path.region_id
WHERE path.ancestor_id = $region
    AND path.distance > 0
    AND (
        $scope IS NULL
        OR path.ancestor_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
    )
GROUP BY region.level
ORDER BY distance NULLS LAST, region.level NULLS LAST
