-- The levels of the regions a user may see, from the top of the tree down.
WITH depths AS (
    SELECT
        path.region_id AS region_id,
        MAX(path.distance) AS depth
    FROM region_closure AS path
    GROUP BY path.region_id
)

SELECT
    region.level AS level,
    COUNT(*) AS regions,
    CAST(AVG(depths.depth) AS DOUBLE) AS depth
FROM region AS region
INNER JOIN depths
    ON depths.region_id = region.region_id
WHERE {parts/in_scope region.region_id}
GROUP BY region.level
ORDER BY
    depth NULLS LAST,
    region.level NULLS LAST
