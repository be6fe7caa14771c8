-- The visits of one rep on the days given.
SELECT
    v.terminal_id AS terminal_id,
    CAST(v.start_at AS DATE) AS day,
    CAST(date_diff('minute', v.start_at, v.end_at) AS DOUBLE) AS dwell,
    v.effective AS effective,
    CAST(v.order_amount AS DOUBLE) AS order_amount
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
WHERE v.employee_id = $employee
    AND v.start_at >= $first_day
    AND v.start_at < $end_day
    AND ({parts/in_scope t.region_id})
ORDER BY v.start_at ASC NULLS LAST
