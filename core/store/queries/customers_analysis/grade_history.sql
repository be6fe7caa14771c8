-- The kept grades of one customer, the latest first; nothing for a customer outside the scope.
SELECT
    n.graded_at AS graded_at,
    n.owner AS owner,
    n.template_version AS template_version,
    n.actor AS actor,
    r.total AS total,
    r.grade AS grade,
    r.label AS label
FROM {parts/graded}
WHERE r.customer_id = $customer
    AND n.customer_type = $kind
    AND ({parts/in_scope COALESCE(d.region_id, t.region_id)})
ORDER BY n.graded_at DESC NULLS LAST, n.run_id DESC NULLS LAST
