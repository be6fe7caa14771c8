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
    AND ({parts/in_scope path.ancestor_id})
GROUP BY region.level
ORDER BY distance NULLS LAST, region.level NULLS LAST
