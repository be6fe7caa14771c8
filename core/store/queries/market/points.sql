-- Up to 2,000 shops at or below each region asked for, always the same ones: enough for an outline.
WITH points AS (
    SELECT
        path.ancestor_id AS region_id,
        terminal.lat_wgs84 AS lat,
        terminal.lon_wgs84 AS lon,
        ROW_NUMBER() OVER (
            PARTITION BY path.ancestor_id
            ORDER BY MD5(terminal.terminal_id) NULLS LAST
        ) AS number
    FROM terminal AS terminal
    INNER JOIN region_closure AS path
        ON path.region_id = terminal.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND terminal.lat_wgs84 IS NOT NULL
        AND terminal.lon_wgs84 IS NOT NULL
        AND ({parts/in_scope path.ancestor_id})
)

SELECT
    points.region_id AS region_id,
    points.lat AS lat,
    points.lon AS lon
FROM points
WHERE points.number <= 2000
ORDER BY
    points.region_id NULLS LAST,
    points.lat NULLS LAST,
    points.lon NULLS LAST
