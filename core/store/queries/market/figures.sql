-- Sales and capacity of regions by company, this period and the previous one. A row without a company is
-- recorded capacity; capacity on the rows of companies is the sum of their sales where none is recorded. A
-- row without a region sums the terminals that lie in no region, for whoever may see the whole market.
-- Which figure counts for which region was decided when region_month_figure was made.
WITH wanted AS (
    SELECT asked.region_id AS region_id
    FROM (SELECT UNNEST(CAST($regions AS VARCHAR[])) AS region_id) AS asked
    WHERE $scope IS NULL
        OR asked.region_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
),

-- One row per region and company before the tree multiplies them by its depth.
pieces AS (
    SELECT
        figures.region_id AS region_id,
        figures.company_id AS company_id,
        figures.sales_reach AS sales_reach,
        figures.capacity_reach AS capacity_reach,
        SUM(CASE WHEN figures.month BETWEEN $start AND $end THEN figures.amount END) AS amount,
        SUM(CASE WHEN figures.month BETWEEN $previous_start AND $previous_end THEN figures.amount END)
            AS amount_previous,
        SUM(CASE WHEN figures.month BETWEEN $start AND $end AND figures.is_recorded THEN figures.amount END)
            AS amount_recorded,
        SUM(CASE WHEN figures.month BETWEEN $start AND $end THEN figures.amount - figures.replaced END)
            AS sales_difference
    FROM region_month_figure AS figures
    WHERE figures.market_key = $market
        AND figures.month BETWEEN $previous_start AND $end
    GROUP BY
        figures.region_id,
        figures.company_id,
        figures.sales_reach,
        figures.capacity_reach
)

SELECT
    path.ancestor_id AS region_id,
    pieces.company_id AS company_id,
    CAST(SUM(CASE WHEN path.distance < pieces.sales_reach THEN pieces.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN path.distance < pieces.sales_reach THEN pieces.amount_previous END) AS DOUBLE)
        AS amount_previous,
    CAST(SUM(CASE WHEN path.distance < pieces.sales_reach THEN pieces.amount_recorded END) AS DOUBLE)
        AS amount_recorded,
    CAST(SUM(CASE WHEN path.distance < pieces.sales_reach THEN pieces.sales_difference END) AS DOUBLE)
        AS sales_difference,
    CAST(SUM(CASE WHEN path.distance < pieces.capacity_reach THEN pieces.amount END) AS DOUBLE) AS capacity,
    CAST(SUM(CASE WHEN path.distance < pieces.capacity_reach THEN pieces.amount_previous END) AS DOUBLE)
        AS capacity_previous
FROM pieces
INNER JOIN region_closure AS path
    ON path.region_id = pieces.region_id
INNER JOIN wanted
    ON wanted.region_id = path.ancestor_id
GROUP BY
    path.ancestor_id,
    pieces.company_id
UNION ALL
SELECT
    CAST(NULL AS VARCHAR) AS region_id,
    pieces.company_id AS company_id,
    CAST(SUM(pieces.amount) AS DOUBLE) AS amount,
    CAST(SUM(pieces.amount_previous) AS DOUBLE) AS amount_previous,
    CAST(NULL AS DOUBLE) AS amount_recorded,
    CAST(NULL AS DOUBLE) AS sales_difference,
    CAST(SUM(pieces.amount) AS DOUBLE) AS capacity,
    CAST(SUM(pieces.amount_previous) AS DOUBLE) AS capacity_previous
FROM pieces
WHERE pieces.region_id IS NULL
    AND $scope IS NULL
GROUP BY pieces.company_id
