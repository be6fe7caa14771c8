-- Visits of some terminals from a day on in the latest version of each visit plan.
WITH latest AS (
    SELECT
        plan.employee_id AS employee_id,
        plan.start_day AS start_day,
        MAX(plan.version) AS version
    FROM visit_plan AS plan
    GROUP BY
        plan.employee_id,
        plan.start_day
)

SELECT
    plan.plan_id AS plan_id,
    plan.employee_id AS employee_id,
    plan.start_day AS start_day,
    plan.weeks AS weeks,
    plan.fingerprint AS fingerprint,
    plan.parameters AS parameters,
    stop.terminal_id AS terminal_id,
    stop.day AS day
FROM latest
INNER JOIN visit_plan AS plan
    ON plan.employee_id = latest.employee_id
    AND plan.start_day = latest.start_day
    AND plan.version = latest.version
INNER JOIN visit_plan_stop AS stop
    ON stop.plan_id = plan.plan_id
WHERE stop.day >= $from_day
    AND stop.terminal_id IN (SELECT UNNEST(CAST($terminals AS VARCHAR[])))
ORDER BY
    plan.plan_id NULLS LAST,
    stop.day NULLS LAST,
    stop.position NULLS LAST
