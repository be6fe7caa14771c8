-- Sales and capacity of regions by company, this period and the previous one. A row without a company is
-- recorded capacity; capacity on the rows of companies is the sum of their sales where none is recorded. A
-- row without a region sums the terminals that lie in no region, for whoever may see the whole market.
-- Which figure counts for which region was decided when region_month_figure was made.
WITH paths AS ({parts/all_paths}),

-- One row per region and company before the tree multiplies them by its depth.
pieces AS (
    SELECT
        COALESCE(figures.region_id, '') AS region_id,
        figures.company_id AS company_id,
        figures.sales_reach AS sales_reach,
        figures.capacity_reach AS capacity_reach,
        SUM(CASE WHEN figures.month BETWEEN $start AND $end THEN figures.amount END) AS amount,
        SUM(CASE WHEN figures.month BETWEEN $previous_start AND $previous_end THEN figures.amount END)
            AS amount_previous,
        SUM(CASE WHEN figures.month BETWEEN $start AND $end THEN figures.amount - figures.replaced END)
            AS sales_difference
    FROM region_month_figure AS figures
    WHERE figures.market_key = $market
        AND figures.month BETWEEN $previous_start AND $end
    GROUP BY
        COALESCE(figures.region_id, ''),
        figures.company_id,
        figures.sales_reach,
        figures.capacity_reach
)

SELECT
    paths.ancestor_id AS region_id,
    pieces.company_id AS company_id,
    CAST(SUM(CASE WHEN paths.distance < pieces.sales_reach THEN pieces.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN paths.distance < pieces.sales_reach THEN pieces.amount_previous END) AS DOUBLE)
        AS amount_previous,
    CAST(SUM(CASE WHEN paths.distance < pieces.sales_reach THEN pieces.sales_difference END) AS DOUBLE)
        AS sales_difference,
    CAST(SUM(CASE WHEN paths.distance < pieces.capacity_reach THEN pieces.amount END) AS DOUBLE) AS capacity,
    CAST(SUM(CASE WHEN paths.distance < pieces.capacity_reach THEN pieces.amount_previous END) AS DOUBLE)
        AS capacity_previous
FROM pieces
INNER JOIN paths
    ON paths.region_id = pieces.region_id
GROUP BY
    paths.ancestor_id,
    pieces.company_id
