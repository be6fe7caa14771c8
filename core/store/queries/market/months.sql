-- How many months of this period and of the previous one have sales or capacity at or below a region.
WITH wanted AS (
    SELECT asked.region_id AS region_id
    FROM (SELECT UNNEST(CAST($regions AS VARCHAR[])) AS region_id) AS asked
    WHERE {parts/in_scope asked.region_id}
),

present AS (
    SELECT DISTINCT
        figures.region_id AS region_id,
        figures.month AS month
    FROM region_month_figure AS figures
    WHERE figures.market_key = $market
        AND figures.month BETWEEN $previous_start AND $end
)

SELECT
    path.ancestor_id AS region_id,
    COUNT(DISTINCT CASE WHEN present.month BETWEEN $start AND $end THEN present.month END) AS months,
    COUNT(DISTINCT CASE WHEN present.month BETWEEN $previous_start AND $previous_end THEN present.month END)
        AS months_previous
FROM present
INNER JOIN region_closure AS path
    ON path.region_id = present.region_id
INNER JOIN wanted
    ON wanted.region_id = path.ancestor_id
GROUP BY path.ancestor_id
