-- Where the figures of some regions together come from: which source and confidence was written beside the
-- recorded ones that count, and what is summed up shop by shop. A market of its own knows its own rows alone.
WITH counted AS (
    SELECT
        figures.region_id AS region_id,
        figures.company_id AS company_id,
        figures.month AS month,
        figures.amount AS amount,
        figures.is_recorded AS is_recorded
    FROM region_month_figure AS figures
    INNER JOIN region_closure AS path
        ON path.region_id = figures.region_id
        AND path.distance < CASE WHEN figures.company_id IS NULL THEN figures.capacity_reach
            ELSE figures.sales_reach END
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope path.ancestor_id})
        AND figures.market_key = $market
        AND figures.month BETWEEN $start AND $end
),

origins AS (
    SELECT
        CASE WHEN counted.company_id = $company THEN 'own' ELSE 'rivals' END AS kind,
        CASE WHEN counted.is_recorded THEN sales.source_type ELSE 'shops' END AS source,
        sales.confidence AS confidence,
        CASE WHEN counted.is_recorded THEN sales.amount ELSE counted.amount END AS amount,
        counted.month AS month
    FROM counted
    LEFT JOIN market_sales AS sales
        ON counted.is_recorded
        AND COALESCE(sales.market_id, 'all') = $market
        AND sales.region_id = counted.region_id
        AND sales.company_id = counted.company_id
        AND sales.month = counted.month
    WHERE counted.company_id IS NOT NULL
    UNION ALL
    SELECT
        'capacity' AS kind,
        capacity.source_type AS source,
        capacity.confidence AS confidence,
        capacity.amount AS amount,
        counted.month AS month
    FROM counted
    LEFT JOIN market_capacity AS capacity
        ON capacity.market_id = $market
        AND capacity.region_id = counted.region_id
        AND capacity.month = counted.month
    WHERE counted.company_id IS NULL
)

SELECT
    origins.kind AS kind,
    origins.source AS source,
    origins.confidence AS confidence,
    CAST(SUM(origins.amount) AS DOUBLE) AS amount,
    MAX(origins.month) AS last_month,
    CAST(COUNT(*) AS BIGINT) AS rows
FROM origins
GROUP BY
    origins.kind,
    origins.source,
    origins.confidence
