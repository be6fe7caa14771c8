-- Whether a user may see f, a row about a customer, a region or the market.
$scope IS NULL
OR f.customer_type = 'market'
OR (f.customer_type = 'dealer' AND f.customer_id IN (
    SELECT d.dealer_id FROM dealer AS d WHERE d.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))))
OR (f.customer_type = 'terminal' AND f.customer_id IN (
    SELECT t.terminal_id FROM terminal AS t WHERE t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))))
OR (f.customer_type = 'region' AND f.customer_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
