-- Customers of one rep, given ones included, that are kept together.
SELECT
    g.group_id AS group_id,
    g.terminal_id AS terminal_id
FROM visit_group AS g
INNER JOIN terminal AS t ON t.terminal_id = g.terminal_id
LEFT JOIN visit_rule AS r ON r.terminal_id = g.terminal_id
WHERE (t.employee_id = $employee OR r.employee_id = $employee)
    AND ({parts/in_scope t.region_id})
ORDER BY g.group_id ASC NULLS LAST, g.terminal_id ASC NULLS LAST
