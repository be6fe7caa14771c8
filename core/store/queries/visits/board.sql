-- Every rep at a glance: planned visits of the plans in force that were due, those made on their day or up to
-- three days off it, all visits made, minutes in the shops, active shops without a visit.
WITH mine AS (
    SELECT
        t.terminal_id AS terminal_id,
        t.employee_id AS employee_id,
        t.status AS status
    FROM terminal AS t
    WHERE t.employee_id IS NOT NULL
        AND ({parts/in_scope t.region_id})
),

due AS (
    SELECT DISTINCT
        s.employee_id AS employee_id,
        s.terminal_id AS terminal_id,
        s.day AS day
    FROM ({parts/planned_stop}) AS s
    INNER JOIN mine AS m ON m.terminal_id = s.terminal_id
    WHERE s.day >= $first_day AND s.day < $end_day
),

made AS (
    SELECT
        v.terminal_id AS terminal_id,
        v.employee_id AS employee_id,
        CAST(v.start_at AS DATE) AS day,
        COUNT(*) AS visits,
        SUM(date_diff('minute', v.start_at, v.end_at)) AS minutes,
        SUM(CASE WHEN v.effective THEN 1 ELSE 0 END) AS effective
    FROM visit AS v
    INNER JOIN mine AS m ON m.terminal_id = v.terminal_id
    WHERE v.start_at >= $first_day AND v.start_at < $end_day
    GROUP BY v.terminal_id, v.employee_id, CAST(v.start_at AS DATE)
),

fulfilled AS (
    SELECT
        d.employee_id AS employee_id,
        d.terminal_id AS terminal_id,
        d.day AS day,
        MIN(ABS(date_diff('day', d.day, a.day))) AS off
    FROM due AS d
    LEFT JOIN made AS a
        ON a.terminal_id = d.terminal_id AND ABS(date_diff('day', d.day, a.day)) <= 3
    GROUP BY d.employee_id, d.terminal_id, d.day
),

plan_sums AS (
    SELECT
        f.employee_id AS employee_id,
        COUNT(*) AS due,
        SUM(CASE WHEN f.off = 0 THEN 1 ELSE 0 END) AS on_day,
        SUM(CASE WHEN f.off IS NOT NULL THEN 1 ELSE 0 END) AS done
    FROM fulfilled AS f
    GROUP BY f.employee_id
),

visit_sums AS (
    SELECT
        a.employee_id AS employee_id,
        SUM(a.visits) AS visits,
        SUM(a.minutes) AS minutes,
        SUM(a.effective) AS effective
    FROM made AS a
    GROUP BY a.employee_id
),

shop_sums AS (
    SELECT
        m.employee_id AS employee_id,
        COUNT(*) AS shops,
        SUM(CASE WHEN a.terminal_id IS NULL THEN 1 ELSE 0 END) AS unvisited
    FROM mine AS m
    LEFT JOIN (SELECT DISTINCT b.terminal_id AS terminal_id FROM made AS b) AS a ON a.terminal_id = m.terminal_id
    WHERE COALESCE(m.status, 'listed') NOT IN ('closed', 'blank')
    GROUP BY m.employee_id
)

SELECT
    e.employee_id AS employee_id,
    e.name AS name,
    CAST(COALESCE(s.shops, 0) AS BIGINT) AS shops,
    CAST(COALESCE(s.unvisited, 0) AS BIGINT) AS unvisited,
    CAST(COALESCE(v.visits, 0) AS BIGINT) AS visits,
    CAST(COALESCE(v.effective, 0) AS BIGINT) AS effective,
    CAST(v.minutes AS DOUBLE) AS minutes,
    CAST(p.due AS BIGINT) AS due,
    CAST(p.done AS BIGINT) AS done,
    CAST(p.on_day AS BIGINT) AS on_day
FROM employee AS e
INNER JOIN shop_sums AS s ON s.employee_id = e.employee_id
LEFT JOIN visit_sums AS v ON v.employee_id = e.employee_id
LEFT JOIN plan_sums AS p ON p.employee_id = e.employee_id
ORDER BY e.employee_id ASC NULLS LAST
