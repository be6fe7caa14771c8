-- The saved visit plans, the latest first; those of one rep, or of all.
SELECT
    p.plan_id AS plan_id,
    p.employee_id AS employee_id,
    e.name AS name,
    p.start_day AS start_day,
    p.weeks AS weeks,
    p.version AS version,
    p.base_plan_id AS base_plan_id,
    p.changes AS changes,
    p.visits AS visits,
    p.travel_minutes AS travel_minutes,
    p.km AS km,
    p.fingerprint AS fingerprint,
    p.parameters AS parameters,
    p.saved_at AS saved_at
FROM visit_plan AS p
LEFT JOIN employee AS e ON e.employee_id = p.employee_id
WHERE ($employee IS NULL OR p.employee_id = $employee)
    AND ($scope IS NULL OR p.employee_id IN (
        SELECT t.employee_id
        FROM terminal AS t
        WHERE ({parts/in_scope t.region_id})))
ORDER BY p.saved_at DESC NULLS LAST, p.version DESC NULLS LAST, p.plan_id ASC NULLS LAST
