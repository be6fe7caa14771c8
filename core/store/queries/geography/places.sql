-- Where the regions of a level are: the boundary, and a point. A region without a recorded point stands in
-- the middle of its terminals.
WITH listed AS (
    SELECT
        region.region_id AS region_id,
        region.lat AS lat,
        region.lon AS lon
    FROM region AS region
    WHERE region.level = $level
        AND ({parts/within region.region_id})
        AND ({parts/in_scope region.region_id})
),

middles AS (
    SELECT
        path.ancestor_id AS region_id,
        AVG(terminal.lat_wgs84) AS lat,
        AVG(terminal.lon_wgs84) AS lon
    FROM terminal AS terminal
    INNER JOIN region_closure AS path
        ON path.region_id = terminal.region_id
    WHERE terminal.lat_wgs84 IS NOT NULL
        AND terminal.lon_wgs84 IS NOT NULL
        AND path.ancestor_id IN (SELECT listed.region_id FROM listed WHERE listed.lat IS NULL)
    GROUP BY path.ancestor_id
)

SELECT
    listed.region_id AS region_id,
    COALESCE(listed.lat, middles.lat) AS lat,
    COALESCE(listed.lon, middles.lon) AS lon,
    boundary.geometry_wkb AS geometry_wkb
FROM listed
LEFT JOIN middles
    ON middles.region_id = listed.region_id
LEFT JOIN region_boundary AS boundary
    ON boundary.region_id = listed.region_id
ORDER BY listed.region_id NULLS LAST
