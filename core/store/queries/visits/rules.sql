-- What differs from the norm for the customers of one rep, given ones included.
SELECT
    r.terminal_id AS terminal_id,
    r.visits AS visits,
    r.reason AS reason,
    r.minutes AS minutes,
    r.preferred AS preferred,
    r.forbidden AS forbidden,
    r.opens AS opens,
    r.closes AS closes,
    r.min_gap AS min_gap,
    r.max_gap AS max_gap,
    r.fixed AS fixed,
    r.first_by AS first_by,
    r.employee_id AS employee_id
FROM visit_rule AS r
INNER JOIN terminal AS t ON t.terminal_id = r.terminal_id
WHERE (t.employee_id = $employee OR r.employee_id = $employee)
    AND ({parts/in_scope t.region_id})
ORDER BY r.terminal_id ASC NULLS LAST
