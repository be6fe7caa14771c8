-- What visits each rep made to the shops of some regions in a period, in all and in the best month, and what the
-- latest saved visit plan of the rep asks for in these regions. Empty where nothing is recorded or planned.
WITH shops AS (
    SELECT DISTINCT terminal.terminal_id AS terminal_id
    FROM terminal AS terminal
    INNER JOIN region_closure AS path
        ON path.region_id = terminal.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND (
            $scope IS NULL
            OR path.ancestor_id IN (
                SELECT closure.region_id
                FROM region_closure AS closure
                WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
            )
        )
),

months AS (
    SELECT
        visit.employee_id AS employee_id,
        COUNT(*) AS visits
    FROM visit AS visit
    INNER JOIN shops
        ON shops.terminal_id = visit.terminal_id
    WHERE visit.start_at >= $start
        AND visit.start_at < $end_day
    GROUP BY
        visit.employee_id,
        DATE_TRUNC('month', visit.start_at)
),

made AS (
    SELECT
        months.employee_id AS employee_id,
        SUM(months.visits) AS visits,
        MAX(months.visits) AS best_month
    FROM months
    GROUP BY months.employee_id
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
    CAST(made.visits AS DOUBLE) AS visits,
    CAST(made.best_month AS DOUBLE) AS best_month,
    CAST(planned.stops AS DOUBLE) AS stops,
    CAST(planned.weeks AS DOUBLE) AS weeks
FROM made
FULL OUTER JOIN planned
    ON planned.employee_id = made.employee_id
ORDER BY employee_id ASC NULLS LAST
