-- The polygons that make up each region of a level: its own, or else those of the nearest level below it
-- that has any.
WITH listed AS (
    SELECT region.region_id AS region_id
    FROM region AS region
    WHERE region.level = $level
        AND ({parts/within region.region_id})
        AND ({parts/in_scope region.region_id})
),

nearest AS (
    SELECT
        listed.region_id AS region_id,
        MIN(path.distance) AS distance
    FROM listed
    INNER JOIN region_closure AS path
        ON path.ancestor_id = listed.region_id
    INNER JOIN region_boundary AS boundary
        ON boundary.region_id = path.region_id
    GROUP BY listed.region_id
)

SELECT
    listed.region_id AS region_id,
    nearest.distance AS distance,
    boundary.geometry_wkb AS geometry_wkb,
    boundary.origin AS origin
FROM listed
LEFT JOIN nearest
    ON nearest.region_id = listed.region_id
LEFT JOIN region_closure AS path
    ON path.ancestor_id = nearest.region_id
    AND path.distance = nearest.distance
LEFT JOIN region_boundary AS boundary
    ON boundary.region_id = path.region_id
WHERE nearest.region_id IS NULL
    OR boundary.region_id IS NOT NULL
ORDER BY
    listed.region_id NULLS LAST,
    boundary.region_id NULLS LAST
