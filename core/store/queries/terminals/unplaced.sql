-- Open terminals without a place, at or below a region, or all of them.
SELECT COUNT(*) AS terminals
FROM terminal AS t
WHERE COALESCE(t.cell, -1) < 0
    AND COALESCE(t.status, '') <> 'closed'
    AND ($within IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
