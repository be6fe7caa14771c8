-- The latest visits to a terminal.
SELECT
    v.start_at AS start_at,
    date_diff('minute', v.start_at, v.end_at) AS minutes,
    e.name AS employee,
    v.purpose AS purpose,
    v.result AS result,
    CAST(v.order_amount AS DOUBLE) AS order_amount
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
LEFT JOIN employee AS e ON e.employee_id = v.employee_id
WHERE v.terminal_id = $terminal
    AND ({parts/in_scope t.region_id})
ORDER BY v.start_at DESC NULLS LAST
LIMIT 5
