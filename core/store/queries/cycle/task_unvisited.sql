-- Of regions on given days: our customers (neither closed nor blank), and those without a visit in the 28 days that
-- end with the day. Only days up to the last visit that is recorded in the region.
WITH shops AS (
    SELECT
        path.ancestor_id AS region_id,
        t.terminal_id AS terminal_id,
        COALESCE(t.status, '') NOT IN ('closed', 'blank') AS is_customer
    FROM terminal AS t
    INNER JOIN region_closure AS path ON path.region_id = t.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope path.ancestor_id})
),

visited AS (
    SELECT
        s.region_id AS region_id,
        s.terminal_id AS terminal_id,
        s.is_customer AS is_customer,
        CAST(v.start_at AS DATE) AS day
    FROM visit AS v
    INNER JOIN shops AS s ON s.terminal_id = v.terminal_id
    WHERE v.start_at >= $start
),

known AS (
    SELECT
        v.region_id AS region_id,
        MAX(v.day) AS last_day
    FROM visited AS v
    GROUP BY v.region_id
),

days AS (
    SELECT
        k.region_id AS region_id,
        d.day AS day
    FROM known AS k
    INNER JOIN (SELECT UNNEST(CAST($days AS DATE[])) AS day) AS d ON d.day <= k.last_day
),

customers AS (
    SELECT
        s.region_id AS region_id,
        COUNT(*) AS customers
    FROM shops AS s
    WHERE s.is_customer
    GROUP BY s.region_id
),

covered AS (
    SELECT
        d.region_id AS region_id,
        d.day AS day,
        COUNT(DISTINCT v.terminal_id) AS visited
    FROM days AS d
    INNER JOIN visited AS v ON v.region_id = d.region_id AND v.day > d.day - 28 AND v.day <= d.day
    WHERE v.is_customer
    GROUP BY d.region_id, d.day
)

SELECT
    d.region_id AS region_id,
    d.day AS day,
    CAST(c.customers AS BIGINT) AS customers,
    CAST(c.customers - COALESCE(v.visited, 0) AS BIGINT) AS unvisited
FROM days AS d
INNER JOIN customers AS c ON c.region_id = d.region_id
LEFT JOIN covered AS v ON v.region_id = d.region_id AND v.day = d.day
ORDER BY region_id NULLS LAST, day NULLS LAST
