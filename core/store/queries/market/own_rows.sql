-- One company's figures at and below regions, and those above them that nothing below explains, by market and
-- month: what tells whether no row means no sales. Rows without a region sum what the company sells in any
-- region, whatever the user may see, to tell the months in which its books have figures.
WITH asked AS (
    SELECT listed.region_id AS region_id
    FROM (SELECT UNNEST(CAST($regions AS VARCHAR[])) AS region_id) AS listed
    WHERE {parts/in_scope listed.region_id}
),

own AS (
    SELECT
        figures.market_key AS market_key,
        figures.region_id AS region_id,
        figures.month AS month,
        figures.amount AS amount,
        figures.sales_reach AS sales_reach,
        ABS(figures.amount - CASE WHEN figures.is_recorded THEN COALESCE(figures.replaced, 0) ELSE 0 END)
            AS undivided
    FROM region_month_figure AS figures
    WHERE figures.company_id = $company
        AND figures.region_id IS NOT NULL
        AND figures.month BETWEEN $start AND $end
)

SELECT
    asked.region_id AS region_id,
    own.market_key AS market_key,
    own.month AS month,
    CAST(SUM(CASE WHEN path.distance < own.sales_reach THEN own.amount END) AS DOUBLE) AS amount,
    CAST(NULL AS DOUBLE) AS undivided
FROM own
INNER JOIN region_closure AS path
    ON path.region_id = own.region_id
INNER JOIN asked
    ON asked.region_id = path.ancestor_id
GROUP BY
    asked.region_id,
    own.market_key,
    own.month
UNION ALL
SELECT
    asked.region_id AS region_id,
    own.market_key AS market_key,
    own.month AS month,
    CAST(NULL AS DOUBLE) AS amount,
    CAST(SUM(own.undivided) AS DOUBLE) AS undivided
FROM own
INNER JOIN region_closure AS path
    ON path.ancestor_id = own.region_id
    AND path.distance > 0
INNER JOIN asked
    ON asked.region_id = path.region_id
GROUP BY
    asked.region_id,
    own.market_key,
    own.month
UNION ALL
SELECT
    CAST(NULL AS VARCHAR) AS region_id,
    own.market_key AS market_key,
    own.month AS month,
    CAST(SUM(own.amount) AS DOUBLE) AS amount,
    CAST(NULL AS DOUBLE) AS undivided
FROM own
GROUP BY
    own.market_key,
    own.month
