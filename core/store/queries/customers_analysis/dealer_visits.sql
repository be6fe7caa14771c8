-- Visits to the shops of each dealer in the period.
SELECT t.dealer_id AS customer_id, COUNT(*) AS visits
FROM visit AS v
INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
WHERE v.start_at >= $first_day
    AND v.start_at < $end_day
    AND t.dealer_id IS NOT NULL
    AND ({parts/in_scope t.region_id})
GROUP BY t.dealer_id
