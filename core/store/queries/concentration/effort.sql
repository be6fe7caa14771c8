-- Visits of a period to the shops of some regions, and how many full-time reps they took: of each rep, the part
-- of all the rep's visits. The row without a region is what was visited outside of them. months: in how many
-- months of the period anybody visited anything; minutes: mean working minutes a day of who did.
WITH made AS (
    SELECT
        visit.employee_id AS employee_id,
        visit.terminal_id AS terminal_id,
        CAST(DATE_TRUNC('month', visit.start_at) AS DATE) AS month
    FROM visit AS visit
    WHERE visit.start_at >= $start
        AND visit.start_at < $end_day
),

places AS (
    SELECT
        terminal.terminal_id AS terminal_id,
        path.ancestor_id AS region_id
    FROM terminal AS terminal
    INNER JOIN region_closure AS path
        ON path.region_id = terminal.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope terminal.region_id})
),

by_rep AS (
    SELECT
        made.employee_id AS employee_id,
        places.region_id AS region_id,
        COUNT(*) AS visits
    FROM made
    LEFT JOIN places
        ON places.terminal_id = made.terminal_id
    GROUP BY
        made.employee_id,
        places.region_id
),

totals AS (
    SELECT
        by_rep.employee_id AS employee_id,
        SUM(by_rep.visits) AS visits
    FROM by_rep
    GROUP BY by_rep.employee_id
)

SELECT
    by_rep.region_id AS region_id,
    CAST(SUM(by_rep.visits) AS DOUBLE) AS visits,
    SUM(CAST(by_rep.visits AS DOUBLE) / NULLIF(CAST(totals.visits AS DOUBLE), 0)) AS reps,
    CAST((SELECT COUNT(DISTINCT made.month) FROM made) AS DOUBLE) AS months,
    (
        SELECT AVG(employee.work_minutes_per_day)
        FROM employee AS employee
        WHERE employee.employee_id IN (SELECT made.employee_id FROM made)
    ) AS minutes
FROM by_rep
INNER JOIN totals
    ON totals.employee_id = by_rep.employee_id
GROUP BY by_rep.region_id
ORDER BY by_rep.region_id NULLS LAST
