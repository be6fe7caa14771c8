-- Who serves how many shops in a region: its reps or its dealers. A closed shop counts for nobody.
SELECT
    path.ancestor_id AS region_id,
    CASE WHEN $owner = 'employee' THEN terminal.employee_id ELSE terminal.dealer_id END AS owner_id,
    COUNT(*) AS shops
FROM terminal AS terminal
INNER JOIN region_closure AS path
    ON path.region_id = terminal.region_id
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND COALESCE(terminal.status, '') <> 'closed'
    AND CASE WHEN $owner = 'employee' THEN terminal.employee_id ELSE terminal.dealer_id END IS NOT NULL
    AND ({parts/in_scope path.ancestor_id})
GROUP BY
    path.ancestor_id,
    CASE WHEN $owner = 'employee' THEN terminal.employee_id ELSE terminal.dealer_id END
ORDER BY
    region_id NULLS LAST,
    owner_id NULLS LAST
