-- Planned visits of some days by the plans in force, of one rep or of all.
SELECT
    s.employee_id AS employee_id,
    s.day AS day,
    s.terminal_id AS terminal_id,
    t.name AS name,
    MIN(s.position) AS position,
    MIN(s.begins) AS begins
FROM ({parts/planned_stop}) AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE s.day >= $first_day
    AND s.day < $end_day
    AND ($employee IS NULL OR s.employee_id = $employee)
    AND ({parts/in_scope t.region_id})
GROUP BY s.employee_id, s.day, s.terminal_id, t.name
ORDER BY s.employee_id ASC NULLS LAST, s.day ASC NULLS LAST, position ASC NULLS LAST, s.terminal_id ASC NULLS LAST
