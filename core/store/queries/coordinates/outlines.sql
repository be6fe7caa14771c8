-- The regions that hold shops with coordinates, each with the nearest region above it (itself first) that has
-- a recorded boundary. An outline drawn around the shops themselves proves nothing about them.
WITH held AS (
    SELECT
        t.region_id AS region_id,
        COUNT(*) AS terminals
    FROM terminal AS t
    WHERE t.lat IS NOT NULL
        AND t.lon IS NOT NULL
        AND ({parts/in_scope t.region_id})
    GROUP BY t.region_id
),

bounded AS (
    SELECT
        p.region_id AS region_id,
        p.ancestor_id AS outline,
        ROW_NUMBER() OVER (PARTITION BY p.region_id ORDER BY p.distance ASC NULLS LAST, p.ancestor_id ASC NULLS LAST) AS number
    FROM region_closure AS p
    INNER JOIN region_boundary AS b ON b.region_id = p.ancestor_id
    WHERE b.origin <> 'hull'
)

SELECT
    h.region_id AS region_id,
    r.name AS region,
    h.terminals AS terminals,
    n.outline AS outline
FROM held AS h
LEFT JOIN bounded AS n ON n.region_id = h.region_id AND n.number = 1
LEFT JOIN region AS r ON r.region_id = h.region_id
ORDER BY h.region_id ASC NULLS LAST
