-- The relations of one customer, the latest month first.
SELECT x.month AS month, x.state AS state, x.level AS level, x.satisfaction AS satisfaction
FROM relation AS x
LEFT JOIN dealer AS d ON x.customer_type = 'dealer' AND d.dealer_id = x.customer_id
LEFT JOIN terminal AS t ON x.customer_type = 'terminal' AND t.terminal_id = x.customer_id
WHERE x.customer_type = $kind AND x.customer_id = $customer
    AND ($scope IS NULL OR COALESCE(d.region_id, t.region_id) IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY x.month DESC NULLS LAST
