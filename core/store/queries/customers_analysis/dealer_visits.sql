-- Visits to the shops of each dealer in the period.
SELECT t.dealer_id AS customer_id, COUNT(*) AS visits
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
WHERE v.start_at >= $first_day
    AND v.start_at < $end_day
    AND t.dealer_id IS NOT NULL
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY t.dealer_id
