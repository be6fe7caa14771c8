-- What the records say of one terminal in a period: visits made, visits of the plans in force, its own rule, its grade.
SELECT
    t.grade AS grade,
    t.outlet_type AS outlet_type,
    COALESCE(t.status, 'listed') AS status,
    r.visits AS rule_visits,
    CAST((
        SELECT COUNT(*) FROM visit AS v
        WHERE v.terminal_id = t.terminal_id
            AND v.start_at >= CAST($start AS DATE) AND v.start_at < CAST($end AS DATE) + INTERVAL 1 DAY
    ) AS BIGINT) AS visits,
    CAST((
        SELECT COUNT(*) FROM ({parts/planned_stop}) AS p
        WHERE p.terminal_id = t.terminal_id AND p.day BETWEEN $start AND $end
    ) AS BIGINT) AS planned
FROM terminal AS t
LEFT JOIN visit_rule AS r ON r.terminal_id = t.terminal_id
WHERE t.terminal_id = $terminal
    AND ({parts/in_scope t.region_id})
