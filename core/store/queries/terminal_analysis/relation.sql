-- The relations of one customer, the latest month first.
SELECT x.month AS month, x.state AS state, x.level AS level, x.satisfaction AS satisfaction
FROM relation AS x
LEFT JOIN dealer AS d ON x.customer_type = 'dealer' AND d.dealer_id = x.customer_id
LEFT JOIN terminal AS t ON x.customer_type = 'terminal' AND t.terminal_id = x.customer_id
WHERE x.customer_type = $kind AND x.customer_id = $customer
    AND ({parts/in_scope COALESCE(d.region_id, t.region_id)})
ORDER BY x.month DESC NULLS LAST
