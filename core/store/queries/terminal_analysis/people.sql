-- Whom a sheet of one terminal may assess: its rep, up to five above, and whoever was assessed before.
WITH chain AS (
    SELECT
        rep.employee_id AS step_0,
        first.employee_id AS step_1,
        second.employee_id AS step_2,
        third.employee_id AS step_3,
        fourth.employee_id AS step_4,
        fifth.employee_id AS step_5
    FROM terminal AS t
    INNER JOIN employee AS rep ON rep.employee_id = t.employee_id
    LEFT JOIN employee AS first ON first.employee_id = rep.manager_id
    LEFT JOIN employee AS second ON second.employee_id = first.manager_id
    LEFT JOIN employee AS third ON third.employee_id = second.manager_id
    LEFT JOIN employee AS fourth ON fourth.employee_id = third.manager_id
    LEFT JOIN employee AS fifth ON fifth.employee_id = fourth.manager_id
    WHERE t.terminal_id = $terminal
),

everybody AS (
    SELECT c.step_0 AS employee_id, 0 AS step FROM chain AS c
    UNION ALL
    SELECT c.step_1 AS employee_id, 1 AS step FROM chain AS c
    UNION ALL
    SELECT c.step_2 AS employee_id, 2 AS step FROM chain AS c
    UNION ALL
    SELECT c.step_3 AS employee_id, 3 AS step FROM chain AS c
    UNION ALL
    SELECT c.step_4 AS employee_id, 4 AS step FROM chain AS c
    UNION ALL
    SELECT c.step_5 AS employee_id, 5 AS step FROM chain AS c
    UNION ALL
    SELECT DISTINCT i.employee_id AS employee_id, 9 AS step
    FROM score_item AS i
    WHERE i.terminal_id = $terminal AND i.employee_id IS NOT NULL
)

SELECT p.employee_id AS employee_id, e.name AS name, e.role AS role, MIN(p.step) AS step
FROM everybody AS p
INNER JOIN employee AS e ON e.employee_id = p.employee_id
GROUP BY p.employee_id, e.name, e.role
ORDER BY step ASC NULLS LAST, p.employee_id ASC NULLS LAST
