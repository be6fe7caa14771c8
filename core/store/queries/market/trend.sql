-- Sales and capacity of some regions together, by month and company, resolved like market/figures. The
-- regions may not lie in one another. is_placed is false for terminals that lie in no region, which are
-- returned when asked for and to whoever may see the whole market.
WITH paths AS (
    SELECT
        path.region_id AS region_id,
        path.distance AS distance,
        TRUE AS is_placed
    FROM region_closure AS path
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope path.ancestor_id})
    UNION ALL
    SELECT
        '' AS region_id,
        0 AS distance,
        FALSE AS is_placed
    WHERE $scope IS NULL
        AND $unplaced
)

SELECT
    figures.month AS month,
    figures.company_id AS company_id,
    paths.is_placed AS is_placed,
    CAST(SUM(CASE WHEN paths.distance < figures.sales_reach THEN figures.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN paths.distance < figures.capacity_reach THEN figures.amount END) AS DOUBLE) AS capacity
FROM region_month_figure AS figures
INNER JOIN paths
    ON paths.region_id = COALESCE(figures.region_id, '')
WHERE figures.market_key = $market
    AND figures.month BETWEEN $start AND $end
GROUP BY
    figures.month,
    figures.company_id,
    paths.is_placed
ORDER BY
    figures.month NULLS LAST,
    figures.company_id NULLS LAST,
    paths.is_placed NULLS LAST
