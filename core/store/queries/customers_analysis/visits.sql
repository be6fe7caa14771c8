-- Visits to the shops of each customer in the period; minutes where both times are known.
SELECT
    CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END AS customer_id,
    COUNT(*) AS visits,
    CAST(SUM(date_diff('minute', v.start_at, v.end_at)) AS DOUBLE) AS minutes
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
WHERE v.start_at >= $first_day
    AND v.start_at < $end_day
    AND CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END IS NOT NULL
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END
