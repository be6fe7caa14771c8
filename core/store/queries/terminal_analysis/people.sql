-- Whom a sheet of one terminal may assess: its rep, those above, and whoever was assessed before.
WITH RECURSIVE chain AS (
    SELECT e.employee_id AS employee_id, e.manager_id AS manager_id, 0 AS step
    FROM terminal AS t
    INNER JOIN employee AS e ON e.employee_id = t.employee_id
    WHERE t.terminal_id = $terminal
    UNION ALL
    SELECT m.employee_id AS employee_id, m.manager_id AS manager_id, c.step + 1 AS step
    FROM chain AS c
    INNER JOIN employee AS m ON m.employee_id = c.manager_id
    WHERE c.step < 5
),

everybody AS (
    SELECT c.employee_id AS employee_id, MIN(c.step) AS step FROM chain AS c GROUP BY c.employee_id
    UNION ALL
    SELECT DISTINCT i.employee_id AS employee_id, 9 AS step
    FROM score_item AS i
    WHERE i.terminal_id = $terminal AND i.employee_id IS NOT NULL
)

SELECT p.employee_id AS employee_id, e.name AS name, e.role AS role, MIN(p.step) AS step
FROM everybody AS p
INNER JOIN employee AS e ON e.employee_id = p.employee_id
GROUP BY p.employee_id, e.name, e.role
ORDER BY MIN(p.step) ASC NULLS LAST, p.employee_id ASC NULLS LAST
