-- The latest visits to a terminal, or to the terminals of a dealer, up to a day.
SELECT
    v.start_at AS start_at,
    date_diff('minute', v.start_at, v.end_at) AS minutes,
    t.name AS terminal,
    e.name AS employee,
    v.purpose AS purpose,
    v.result AS result,
    CAST(v.order_amount AS DOUBLE) AS order_amount
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
LEFT JOIN employee AS e ON e.employee_id = v.employee_id
WHERE CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END = $customer
    AND v.start_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    AND ({parts/in_scope t.region_id})
ORDER BY v.start_at DESC NULLS LAST, v.visit_id ASC NULLS LAST
LIMIT $limit
