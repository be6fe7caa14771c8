-- The blank terminals of one rep: the named accounts to be won, and how far each is.
SELECT
    t.terminal_id AS terminal_id,
    p.possibility AS possibility,
    p.progress AS progress,
    p.source AS source,
    COALESCE(p.no_go, FALSE) AS no_go,
    p.decision AS decision
FROM terminal AS t
LEFT JOIN visit_prospect AS p ON p.terminal_id = t.terminal_id
WHERE t.employee_id = $employee
    AND (t.status = 'blank' OR p.terminal_id IS NOT NULL)
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY t.terminal_id ASC NULLS LAST
