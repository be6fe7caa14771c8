-- Photos of one rep's visits of some days.
SELECT
    p.visit_id AS visit_id,
    p.sha256 AS sha256
FROM visit_photo AS p
INNER JOIN visit AS v ON v.visit_id = p.visit_id
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
WHERE v.start_at >= $first_day
    AND v.start_at < $end_day
    AND v.employee_id = $employee
    AND ({parts/in_scope t.region_id})
ORDER BY p.visit_id ASC NULLS LAST, p.added_at ASC NULLS LAST
