-- All records of one form.
SELECT
    f.customer_type AS customer_type,
    f.customer_id AS customer_id,
    f.record_id AS record_id,
    f.payload AS payload,
    f.version AS version,
    f.updated_at AS updated_at,
    f.updated_by AS updated_by
FROM customer_form AS f
WHERE f.form = $form
    AND (
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
    )
ORDER BY f.customer_type ASC NULLS LAST, f.customer_id ASC NULLS LAST, f.record_id ASC NULLS LAST
