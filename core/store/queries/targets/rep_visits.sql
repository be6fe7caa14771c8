-- What visits each rep made to the shops of some regions by month, and what the latest saved visit plan of the rep
-- asks for there. A rep with a plan and no visit has one row without a month.
WITH shops AS (
    SELECT DISTINCT terminal.terminal_id AS terminal_id
    FROM terminal AS terminal
    INNER JOIN region_closure AS path
        ON path.region_id = terminal.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope path.ancestor_id})
),

made AS (
    SELECT
        visit.employee_id AS employee_id,
        CAST(DATE_TRUNC('month', visit.start_at) AS DATE) AS month,
        COUNT(*) AS visits
    FROM visit AS visit
    INNER JOIN shops
        ON shops.terminal_id = visit.terminal_id
    WHERE visit.start_at >= $start
        AND visit.start_at < $end_day
    GROUP BY
        visit.employee_id,
        CAST(DATE_TRUNC('month', visit.start_at) AS DATE)
),

latest AS (
    SELECT
        plan.employee_id AS employee_id,
        arg_max(plan.plan_id, struct_pack(start_day := plan.start_day, version := plan.version)) AS plan_id
    FROM visit_plan AS plan
    GROUP BY plan.employee_id
),

planned AS (
    SELECT
        plan.employee_id AS employee_id,
        COUNT(*) AS stops,
        MAX(plan.weeks) AS weeks
    FROM latest
    INNER JOIN visit_plan AS plan
        ON plan.plan_id = latest.plan_id
    INNER JOIN visit_plan_stop AS stop
        ON stop.plan_id = plan.plan_id
    INNER JOIN shops
        ON shops.terminal_id = stop.terminal_id
    GROUP BY plan.employee_id
)

SELECT
    COALESCE(made.employee_id, planned.employee_id) AS employee_id,
    made.month AS month,
    CAST(made.visits AS DOUBLE) AS visits,
    CAST(planned.stops AS DOUBLE) AS stops,
    CAST(planned.weeks AS DOUBLE) AS weeks
FROM made
FULL OUTER JOIN planned
    ON planned.employee_id = made.employee_id
ORDER BY
    employee_id ASC NULLS LAST,
    month ASC NULLS LAST
