-- The customers of one kept grading; a customer outside the scope is left out.
SELECT
    r.customer_id AS customer_id,
    r.total AS total,
    r.known AS known,
    r.grade AS grade,
    r.label AS label
FROM {parts/graded}
WHERE r.run_id = $run
    AND ({parts/in_scope COALESCE(d.region_id, t.region_id)})
ORDER BY r.customer_id ASC NULLS LAST
