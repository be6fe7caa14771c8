-- The customers of one kept grading; a customer outside the scope is left out.
SELECT
    r.customer_id AS customer_id,
    r.total AS total,
    r.known AS known,
    r.grade AS grade,
    r.label AS label
FROM grade_result AS r
INNER JOIN grade_run AS n ON n.run_id = r.run_id
LEFT JOIN dealer AS d ON n.customer_type = 'dealer' AND d.dealer_id = r.customer_id
LEFT JOIN terminal AS t ON n.customer_type = 'terminal' AND t.terminal_id = r.customer_id
WHERE r.run_id = $run
    AND ($scope IS NULL OR COALESCE(d.region_id, t.region_id) IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY r.customer_id ASC NULLS LAST
