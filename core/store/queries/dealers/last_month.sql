-- The latest month with sales of a dealer.
SELECT MAX(s.month) AS month
FROM dealer_sales AS s
INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
WHERE ($scope IS NULL OR d.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
