-- Who answers for a region: those assigned to it or to the nearest region above it, managers before reps. And who
-- looks after given shops: the reps of most of them.
WITH near AS (
    SELECT
        e.employee_id AS employee_id,
        CASE WHEN COALESCE(e.role, '') = 'rep' THEN 1 ELSE 0 END AS is_rep,
        path.distance AS distance,
        0 AS shops
    FROM employee AS e
    INNER JOIN region_closure AS path ON path.ancestor_id = e.region_id
    WHERE path.region_id = $region
        AND COALESCE(e.active, TRUE)
),

serving AS (
    SELECT
        e.employee_id AS employee_id,
        0 AS is_rep,
        -1 AS distance,
        COUNT(*) AS shops
    FROM terminal AS t
    INNER JOIN employee AS e ON e.employee_id = t.employee_id
    WHERE t.terminal_id IN (SELECT UNNEST(CAST($shops AS VARCHAR[])))
        AND COALESCE(e.active, TRUE)
    GROUP BY e.employee_id
),

owning AS (
    SELECT
        e.employee_id AS employee_id,
        0 AS is_rep,
        -1 AS distance,
        1 AS shops
    FROM dealer AS d
    INNER JOIN employee AS e ON e.employee_id = d.owner_employee_id
    WHERE d.dealer_id = $dealer
        AND COALESCE(e.active, TRUE)
)

SELECT
    a.employee_id AS employee_id
FROM (
    SELECT
        n.employee_id AS employee_id,
        n.is_rep AS is_rep,
        n.distance AS distance,
        n.shops AS shops
    FROM near AS n
    UNION ALL
    SELECT
        s.employee_id AS employee_id,
        s.is_rep AS is_rep,
        s.distance AS distance,
        s.shops AS shops
    FROM serving AS s
    UNION ALL
    SELECT
        o.employee_id AS employee_id,
        o.is_rep AS is_rep,
        o.distance AS distance,
        o.shops AS shops
    FROM owning AS o
) AS a
ORDER BY a.is_rep ASC NULLS LAST, a.distance ASC NULLS LAST, a.shops DESC NULLS LAST, a.employee_id ASC NULLS LAST
LIMIT 1
