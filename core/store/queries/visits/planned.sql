-- The visits of some plans, with the names of reps and shops.
SELECT
    p.plan_id AS plan_id,
    p.employee_id AS employee_id,
    e.name AS employee,
    s.day AS day,
    s.position AS position,
    s.terminal_id AS terminal_id,
    t.name AS name,
    t.grade AS grade,
    t.outlet_type AS outlet_type,
    t.address AS address,
    s.begins AS begins,
    s.minutes AS minutes,
    s.travel_minutes AS travel_minutes,
    s.km AS km
FROM visit_plan AS p
INNER JOIN visit_plan_stop AS s ON s.plan_id = p.plan_id
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
LEFT JOIN employee AS e ON e.employee_id = p.employee_id
WHERE p.plan_id IN (SELECT UNNEST(CAST($plans AS VARCHAR[])))
    AND ({parts/in_scope t.region_id})
ORDER BY p.employee_id ASC NULLS LAST, s.day ASC NULLS LAST, s.position ASC NULLS LAST, p.plan_id ASC NULLS LAST
