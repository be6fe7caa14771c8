-- One company's sales of regions by market and month, resolved by the rule which figure counts.
WITH paths AS ({parts/paths})

SELECT
    figures.market_key AS market_key,
    paths.ancestor_id AS region_id,
    figures.month AS month,
    CAST(SUM(figures.amount) AS DOUBLE) AS amount
FROM region_month_figure AS figures
INNER JOIN paths
    ON paths.region_id = figures.region_id
    AND paths.distance < figures.sales_reach
WHERE figures.company_id = $company
    AND figures.market_key IN (SELECT UNNEST(CAST($markets AS VARCHAR[])))
    AND figures.month BETWEEN $start AND $end
GROUP BY
    figures.market_key,
    paths.ancestor_id,
    figures.month
ORDER BY
    figures.market_key NULLS LAST,
    paths.ancestor_id NULLS LAST,
    figures.month NULLS LAST
