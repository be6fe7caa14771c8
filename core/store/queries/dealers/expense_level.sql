-- The level of regions that most regions with expenses in a period have; the lower one among equals.
SELECT
    r.level AS level,
    COUNT(DISTINCT x.region_id) AS regions,
    MAX(depth.steps) AS steps
FROM expense AS x
INNER JOIN region AS r ON r.region_id = x.region_id
INNER JOIN (
    SELECT
        c.region_id AS region_id,
        MAX(c.distance) AS steps
    FROM region_closure AS c
    GROUP BY c.region_id
) AS depth ON depth.region_id = x.region_id
WHERE x.month BETWEEN $start AND $end
    AND ({parts/in_scope x.region_id})
GROUP BY r.level
ORDER BY regions DESC NULLS LAST, steps DESC NULLS LAST, level ASC NULLS LAST
