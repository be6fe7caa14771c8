-- Expenses charged to regions in a period.
SELECT
    x.region_id AS region_id,
    x.kind AS kind,
    CAST(SUM(x.amount) AS DOUBLE) AS amount
FROM expense AS x
WHERE x.month BETWEEN $start AND $end
    AND ($scope IS NULL OR x.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY x.region_id, x.kind
ORDER BY x.region_id ASC NULLS LAST, x.kind ASC NULLS LAST
