-- How long and how often each customer was visited in a period; of a dealer, the visits to all its shops.
SELECT
    CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END AS customer_id,
    CAST(COUNT(v.visit_id) AS BIGINT) AS visits,
    CAST(AVG(date_diff('minute', v.start_at, v.end_at)) AS DOUBLE) AS dwell
FROM terminal AS t
LEFT JOIN visit AS v
    ON v.terminal_id = t.terminal_id
    AND v.start_at >= CAST($start AS DATE)
    AND v.start_at < CAST($until AS DATE) + INTERVAL 1 DAY
WHERE COALESCE(t.status, '') <> 'closed'
    AND ($kind <> 'dealer' OR t.dealer_id IS NOT NULL)
    AND ({parts/in_scope t.region_id})
GROUP BY CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END
ORDER BY 1 ASC NULLS LAST
