-- What differs from the norm for customers, whoever serves them.
SELECT
    rule.terminal_id AS terminal_id,
    rule.visits AS visits,
    rule.reason AS reason,
    rule.minutes AS minutes,
    rule.preferred AS preferred,
    rule.forbidden AS forbidden,
    rule.hours AS hours,
    rule.min_gap AS min_gap,
    rule.max_gap AS max_gap,
    rule.fixed AS fixed,
    rule.first_by AS first_by,
    rule.not_before AS not_before,
    rule.market AS market,
    rule.employee_id AS employee_id,
    rule.companion AS companion
FROM visit_rule AS rule
INNER JOIN terminal AS terminal
    ON terminal.terminal_id = rule.terminal_id
WHERE {parts/in_scope terminal.region_id}
ORDER BY rule.terminal_id NULLS LAST
