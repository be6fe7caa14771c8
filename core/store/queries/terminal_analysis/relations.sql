-- Relations recorded of dealers or terminals up to a month, of the last two years.
SELECT
    x.customer_id AS customer_id,
    x.month AS month,
    x.state AS state,
    x.level AS level,
    x.satisfaction AS satisfaction
FROM relation AS x
LEFT JOIN dealer AS d ON x.customer_type = 'dealer' AND d.dealer_id = x.customer_id
LEFT JOIN terminal AS t ON x.customer_type = 'terminal' AND t.terminal_id = x.customer_id
WHERE x.customer_type = $kind
    AND x.month BETWEEN CAST($until AS DATE) - INTERVAL 24 MONTH AND $until
    AND ({parts/in_scope COALESCE(d.region_id, t.region_id)})
ORDER BY x.customer_id ASC NULLS LAST, x.month ASC NULLS LAST
