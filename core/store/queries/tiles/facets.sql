-- The values a filter can take, with how many terminals have each.
SELECT 'outlet_types' AS facet, t.outlet_type AS value, t.outlet_type AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.outlet_type IS NOT NULL AND ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
GROUP BY t.outlet_type
UNION ALL
SELECT 'grades' AS facet, t.grade AS value, t.grade AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.grade IS NOT NULL AND ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
GROUP BY t.grade
UNION ALL
SELECT 'statuses' AS facet, t.status AS value, t.status AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.status IS NOT NULL AND ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
GROUP BY t.status
UNION ALL
SELECT 'dealers' AS facet, t.dealer_id AS value, ANY_VALUE(d.name) AS label, COUNT(*) AS terminals
FROM terminal AS t
INNER JOIN dealer AS d ON d.dealer_id = t.dealer_id
WHERE ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
GROUP BY t.dealer_id
UNION ALL
SELECT 'employees' AS facet, t.employee_id AS value, ANY_VALUE(e.name) AS label, COUNT(*) AS terminals
FROM terminal AS t
INNER JOIN employee AS e ON e.employee_id = t.employee_id
WHERE ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
GROUP BY t.employee_id
ORDER BY facet ASC NULLS LAST, terminals DESC NULLS LAST, value ASC NULLS LAST
