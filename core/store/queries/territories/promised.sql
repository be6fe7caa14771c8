-- Visits of some terminals from a day on in the plans in force.
SELECT
    plan.plan_id AS plan_id,
    plan.employee_id AS employee_id,
    plan.start_day AS start_day,
    plan.weeks AS weeks,
    plan.fingerprint AS fingerprint,
    plan.parameters AS parameters,
    stop.terminal_id AS terminal_id,
    stop.day AS day
FROM ({parts/planned_stop}) AS stop
INNER JOIN visit_plan AS plan
    ON plan.plan_id = stop.plan_id
WHERE stop.day >= $from_day
    AND stop.terminal_id IN (SELECT UNNEST(CAST($terminals AS VARCHAR[])))
ORDER BY
    plan.plan_id NULLS LAST,
    stop.day NULLS LAST,
    stop.position NULLS LAST
