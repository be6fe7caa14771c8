-- What differs from the norm for the customers of one rep, those given or visited together included.
SELECT
    r.terminal_id AS terminal_id,
    r.visits AS visits,
    r.reason AS reason,
    r.minutes AS minutes,
    r.preferred AS preferred,
    r.forbidden AS forbidden,
    r.hours AS hours,
    r.min_gap AS min_gap,
    r.max_gap AS max_gap,
    r.fixed AS fixed,
    r.first_by AS first_by,
    r.not_before AS not_before,
    r.market AS market,
    r.employee_id AS employee_id,
    r.companion AS companion
FROM visit_rule AS r
INNER JOIN terminal AS t ON t.terminal_id = r.terminal_id
WHERE (t.employee_id = $employee OR r.employee_id = $employee OR r.companion = $employee)
    AND ({parts/in_scope t.region_id})
ORDER BY r.terminal_id ASC NULLS LAST
