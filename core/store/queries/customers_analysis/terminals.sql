-- Terminals as customers; closed ones only where they sold something. segment is the type of outlet.
SELECT
    t.terminal_id AS customer_id,
    t.name AS name,
    t.outlet_type AS segment,
    t.region_id AS region_id,
    r.name AS region,
    r.name_en AS region_en,
    t.employee_id AS owner,
    COALESCE(t.status, '') = 'closed' AS closed
FROM terminal AS t
LEFT JOIN region AS r ON r.region_id = t.region_id
WHERE ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY t.terminal_id ASC NULLS LAST
