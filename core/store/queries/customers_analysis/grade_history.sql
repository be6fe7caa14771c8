-- The kept grades of one customer, the latest first; nothing for a customer outside the scope.
SELECT
    n.graded_at AS graded_at,
    n.owner AS owner,
    n.template_version AS template_version,
    n.actor AS actor,
    r.total AS total,
    r.grade AS grade,
    r.label AS label
FROM grade_result AS r
INNER JOIN grade_run AS n ON n.run_id = r.run_id
LEFT JOIN dealer AS d ON n.customer_type = 'dealer' AND d.dealer_id = r.customer_id
LEFT JOIN terminal AS t ON n.customer_type = 'terminal' AND t.terminal_id = r.customer_id
WHERE r.customer_id = $customer
    AND n.customer_type = $kind
    AND ($scope IS NULL OR COALESCE(d.region_id, t.region_id) IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY n.graded_at DESC NULLS LAST, n.run_id DESC NULLS LAST
