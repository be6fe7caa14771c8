-- Sales and capacity of one region by month and company, resolved like market/figures.
SELECT
    figures.month AS month,
    figures.company_id AS company_id,
    CAST(SUM(CASE WHEN path.distance < figures.sales_reach THEN figures.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN path.distance < figures.capacity_reach THEN figures.amount END) AS DOUBLE) AS capacity
FROM region_month_figure AS figures
INNER JOIN region_closure AS path
    ON path.region_id = figures.region_id
WHERE figures.market_key = $market
    AND figures.month BETWEEN $start AND $end
    AND path.ancestor_id = $region
    AND (
        $scope IS NULL
        OR path.ancestor_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
    )
GROUP BY
    figures.month,
    figures.company_id
ORDER BY
    figures.month NULLS LAST,
    figures.company_id NULLS LAST
