-- Locked visits of one rep; an empty terminal_id for a whole day.
SELECT
    l.day AS day,
    l.terminal_id AS terminal_id
FROM visit_lock AS l
LEFT JOIN terminal AS t ON t.terminal_id = l.terminal_id
WHERE l.employee_id = $employee
    AND (l.terminal_id = '' OR {parts/in_scope t.region_id})
ORDER BY l.day ASC NULLS LAST, l.terminal_id ASC NULLS LAST
