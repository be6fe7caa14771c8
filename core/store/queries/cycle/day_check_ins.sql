-- Arrivals of some days that became no visit yet, of one rep or of all.
SELECT
    c.visit_id AS visit_id,
    c.employee_id AS employee_id,
    c.terminal_id AS terminal_id,
    t.name AS name,
    c.arrived_at AS arrived_at
FROM visit_check_in AS c
INNER JOIN terminal AS t ON t.terminal_id = c.terminal_id
LEFT JOIN visit AS v ON v.visit_id = c.visit_id
WHERE v.visit_id IS NULL
    AND c.arrived_at >= $first_day
    AND c.arrived_at < $end_day
    AND ($employee IS NULL OR c.employee_id = $employee)
    AND ({parts/in_scope t.region_id})
ORDER BY c.employee_id ASC NULLS LAST, c.arrived_at ASC NULLS LAST
