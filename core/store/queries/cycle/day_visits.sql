-- Visits of some days with shelf and review, of one rep or of all; owner: whose shop it is. version is NULL for a
-- visit that a file brought.
SELECT
    v.visit_id AS visit_id,
    v.employee_id AS employee_id,
    v.terminal_id AS terminal_id,
    t.name AS name,
    t.employee_id AS owner,
    v.start_at AS start_at,
    v.end_at AS end_at,
    v.purpose AS purpose,
    v.result AS result,
    CAST(v.order_amount AS DOUBLE) AS order_amount,
    v.effective AS effective,
    s.stock AS stock,
    s.display AS display,
    s.facings AS facings,
    s.remark AS remark,
    s.version AS version,
    f.payload AS review
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
LEFT JOIN visit_shelf AS s ON s.visit_id = v.visit_id
LEFT JOIN customer_form AS f
    ON f.record_id = v.visit_id AND f.customer_id = v.terminal_id AND f.customer_type = 'terminal'
    AND f.form = 'negotiation_review'
WHERE v.start_at >= $first_day
    AND v.start_at < $end_day
    AND ($employee IS NULL OR v.employee_id = $employee)
    AND ({parts/in_scope t.region_id})
ORDER BY v.employee_id ASC NULLS LAST, v.start_at ASC NULLS LAST, v.visit_id ASC NULLS LAST
