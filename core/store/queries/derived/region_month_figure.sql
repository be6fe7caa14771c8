-- Every figure a market table may add up, with how far up the tree of regions it counts.
--
-- A figure recorded for a region wins over everything below it. So a figure counts for the ancestors nearer
-- than the next recorded one of the same company and month above it; a terminal also yields to a figure of
-- its own region. sales_reach is that distance: the figure counts where the distance is smaller; 999 means up
-- to the top. Capacity is resolved alike (capacity_reach): a part of the tree in which none is recorded
-- contributes the sum of its companies' sales. Rows without a company are recorded capacity.
WITH contexts AS (
    SELECT
        market.market_id AS market_key,
        market.category AS category,
        -- Terminals tell nothing about a market that covers some channels only.
        market.category IS NOT NULL OR market.market_id = 'all' AS has_terminals
    FROM market AS market
    UNION ALL
    SELECT DISTINCT
        CONCAT('category:', facts.category) AS market_key,
        facts.category AS category,
        TRUE AS has_terminals
    FROM region_month_sales AS facts
    WHERE facts.category IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM market AS market WHERE market.category = facts.category)
),

recorded AS (
    SELECT
        COALESCE(sales.market_id, 'all') AS market_key,
        sales.region_id AS region_id,
        sales.company_id AS company_id,
        sales.month AS month,
        SUM(sales.amount) AS amount
    FROM market_sales AS sales
    WHERE $months IS NULL
        OR sales.month IN (SELECT UNNEST(CAST($months AS DATE[])))
    GROUP BY
        COALESCE(sales.market_id, 'all'),
        sales.region_id,
        sales.company_id,
        sales.month
),

items AS (
    SELECT
        recorded.market_key AS market_key,
        recorded.region_id AS region_id,
        recorded.company_id AS company_id,
        recorded.month AS month,
        recorded.amount AS amount,
        TRUE AS is_recorded
    FROM recorded
    UNION ALL
    SELECT
        contexts.market_key AS market_key,
        facts.region_id AS region_id,
        facts.company_id AS company_id,
        facts.month AS month,
        facts.amount AS amount,
        FALSE AS is_recorded
    FROM region_month_sales AS facts
    INNER JOIN contexts
        ON contexts.has_terminals
        AND COALESCE(contexts.category, '') = COALESCE(facts.category, '')
        AND (contexts.category IS NULL) = facts.is_total
    WHERE $months IS NULL
        OR facts.month IN (SELECT UNNEST(CAST($months AS DATE[])))
),

-- How far above a region lies the nearest recorded figure, at or above it and strictly above it.
sales_above AS (
    SELECT
        recorded.market_key AS market_key,
        path.region_id AS region_id,
        recorded.company_id AS company_id,
        recorded.month AS month,
        MIN(path.distance) AS at_or_above,
        MIN(CASE WHEN path.distance > 0 THEN path.distance END) AS above
    FROM recorded
    INNER JOIN region_closure AS path
        ON path.ancestor_id = recorded.region_id
    GROUP BY
        recorded.market_key,
        path.region_id,
        recorded.company_id,
        recorded.month
),

capacities AS (
    SELECT
        capacity.market_id AS market_key,
        capacity.region_id AS region_id,
        capacity.month AS month,
        capacity.amount AS amount
    FROM market_capacity AS capacity
    WHERE $months IS NULL
        OR capacity.month IN (SELECT UNNEST(CAST($months AS DATE[])))
),

capacity_above AS (
    SELECT
        capacities.market_key AS market_key,
        path.region_id AS region_id,
        capacities.month AS month,
        MIN(path.distance) AS at_or_above,
        MIN(CASE WHEN path.distance > 0 THEN path.distance END) AS above
    FROM capacities
    INNER JOIN region_closure AS path
        ON path.ancestor_id = capacities.region_id
    GROUP BY
        capacities.market_key,
        path.region_id,
        capacities.month
),

-- Regions with a recorded capacity at or below them: their capacity is no sum of sales.
holders AS (
    SELECT DISTINCT
        capacities.market_key AS market_key,
        path.ancestor_id AS region_id,
        capacities.month AS month
    FROM capacities
    INNER JOIN region_closure AS path
        ON path.region_id = capacities.region_id
),

holder_above AS (
    SELECT
        holders.market_key AS market_key,
        path.region_id AS region_id,
        holders.month AS month,
        MIN(path.distance) AS distance
    FROM holders
    INNER JOIN region_closure AS path
        ON path.ancestor_id = holders.region_id
    GROUP BY
        holders.market_key,
        path.region_id,
        holders.month
),

placed AS (
    SELECT
        items.market_key AS market_key,
        items.region_id AS region_id,
        items.company_id AS company_id,
        items.month AS month,
        items.amount AS amount,
        items.is_recorded AS is_recorded,
        COALESCE(
            CASE WHEN items.is_recorded THEN sales_above.above ELSE sales_above.at_or_above END, 999
        ) AS sales_reach,
        COALESCE(capacity_above.at_or_above, 999) AS capacity_limit,
        COALESCE(holder_above.distance, 999) AS holder_distance
    FROM items
    LEFT JOIN sales_above
        ON sales_above.market_key = items.market_key
        AND sales_above.region_id = items.region_id
        AND sales_above.company_id = items.company_id
        AND sales_above.month = items.month
    LEFT JOIN capacity_above
        ON capacity_above.market_key = items.market_key
        AND capacity_above.region_id = items.region_id
        AND capacity_above.month = items.month
    LEFT JOIN holder_above
        ON holder_above.market_key = items.market_key
        AND holder_above.region_id = items.region_id
        AND holder_above.month = items.month
),

-- What lies right below a recorded figure and is replaced by it.
replaced AS (
    SELECT
        placed.market_key AS market_key,
        path.ancestor_id AS region_id,
        placed.company_id AS company_id,
        placed.month AS month,
        SUM(placed.amount) AS amount
    FROM placed
    INNER JOIN region_closure AS path
        ON path.region_id = placed.region_id
        AND path.distance = placed.sales_reach
    WHERE placed.sales_reach < 999
    GROUP BY
        placed.market_key,
        path.ancestor_id,
        placed.company_id,
        placed.month
)

SELECT
    placed.market_key AS market_key,
    placed.month AS month,
    placed.region_id AS region_id,
    placed.company_id AS company_id,
    CAST(placed.amount AS DECIMAL(18, 2)) AS amount,
    placed.is_recorded AS is_recorded,
    CAST(CASE WHEN placed.is_recorded THEN replaced.amount END AS DECIMAL(18, 2)) AS replaced,
    placed.sales_reach AS sales_reach,
    CASE
        WHEN placed.holder_distance = 0 AND placed.is_recorded THEN 0
        WHEN placed.holder_distance = 0 THEN placed.capacity_limit
        WHEN placed.sales_reach >= placed.holder_distance THEN placed.capacity_limit
        ELSE placed.sales_reach
    END AS capacity_reach
FROM placed
LEFT JOIN replaced
    ON replaced.market_key = placed.market_key
    AND replaced.region_id = placed.region_id
    AND replaced.company_id = placed.company_id
    AND replaced.month = placed.month
UNION ALL
SELECT
    capacities.market_key AS market_key,
    capacities.month AS month,
    capacities.region_id AS region_id,
    CAST(NULL AS VARCHAR) AS company_id,
    capacities.amount AS amount,
    TRUE AS is_recorded,
    CAST(NULL AS DECIMAL(18, 2)) AS replaced,
    0 AS sales_reach,
    COALESCE(capacity_above.above, 999) AS capacity_reach
FROM capacities
INNER JOIN capacity_above
    ON capacity_above.market_key = capacities.market_key
    AND capacity_above.region_id = capacities.region_id
    AND capacity_above.month = capacities.month
