-- Whether a user may see f, a row about a customer, a region or the market.
$scope IS NULL
OR f.customer_type = 'market'
OR (f.customer_type = 'dealer' AND f.customer_id IN (
    SELECT d.dealer_id FROM dealer AS d WHERE {parts/in_scope d.region_id}))
OR (f.customer_type = 'terminal' AND f.customer_id IN (
    SELECT t.terminal_id FROM terminal AS t WHERE {parts/in_scope t.region_id}))
OR (f.customer_type = 'region' AND ({parts/in_scope f.customer_id}))
