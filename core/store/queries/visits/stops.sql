-- The visits of one plan in order.
SELECT
    s.day AS day,
    s.position AS position,
    s.terminal_id AS terminal_id,
    s.begins AS begins,
    s.minutes AS minutes,
    s.travel_minutes AS travel_minutes,
    s.km AS km
FROM visit_plan_stop AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE s.plan_id = $plan
    AND ({parts/in_scope t.region_id})
ORDER BY s.day ASC NULLS LAST, s.position ASC NULLS LAST
