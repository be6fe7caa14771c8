-- Visits to terminals on the days after one, each day once; and per terminal the last day with a visit anywhere in
-- its region, up to which nobody can say that a visit is missing.
WITH asked AS ({parts/asked_shops}),

known AS (
    SELECT
        t.region_id AS region_id,
        CAST(MAX(v.start_at) AS DATE) AS last_day
    FROM visit AS v
    INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
    WHERE t.region_id IN (SELECT a.region_id FROM asked AS a)
    GROUP BY t.region_id
)

SELECT
    a.terminal_id AS terminal_id,
    CAST(v.start_at AS DATE) AS day,
    COUNT(*) AS visits
FROM asked AS a
INNER JOIN visit AS v ON v.terminal_id = a.terminal_id
WHERE v.start_at >= $after
GROUP BY a.terminal_id, CAST(v.start_at AS DATE)
UNION ALL
SELECT
    a.terminal_id AS terminal_id,
    k.last_day AS day,
    0 AS visits
FROM asked AS a
INNER JOIN known AS k ON k.region_id = a.region_id
WHERE k.last_day >= $after
ORDER BY terminal_id NULLS LAST, day NULLS LAST, visits NULLS LAST
