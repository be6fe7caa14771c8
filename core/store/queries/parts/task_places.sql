-- The region of each task: that of its shop or dealer, or its own.
SELECT
    k.task_id AS task_id,
    COALESCE(t.region_id, d.region_id, k.region_id) AS place_id
FROM task AS k
LEFT JOIN terminal AS t ON k.customer_type = 'terminal' AND t.terminal_id = k.customer_id
LEFT JOIN dealer AS d ON k.customer_type = 'dealer' AND d.dealer_id = k.customer_id
