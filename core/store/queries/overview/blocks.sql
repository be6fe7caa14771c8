-- What is known of consumers, dealers and terminals at or below each region asked for.
WITH paths AS ({parts/paths}),

shops AS (
    SELECT
        terminal.region_id AS region_id,
        COUNT(*) AS terminals,
        COUNT(terminal.lat_wgs84) AS located,
        COUNT(terminal.employee_id) AS owned,
        SUM(CASE WHEN terminal.grade IS NOT NULL OR terminal.outlet_type IS NOT NULL THEN 1 ELSE 0 END)
            AS classified
    FROM terminal AS terminal
    WHERE terminal.region_id IS NOT NULL
        AND COALESCE(terminal.status, '') <> 'closed'
    GROUP BY terminal.region_id
),

-- A dealer works where it sits and where it is appointed.
served AS (
    SELECT
        dealer.dealer_id AS dealer_id,
        dealer.region_id AS region_id
    FROM dealer AS dealer
    WHERE dealer.region_id IS NOT NULL
    UNION
    SELECT
        appointed.dealer_id AS dealer_id,
        appointed.region_id AS region_id
    FROM dealer_region AS appointed
),

-- Who is appointed for a city serves its counties, and who works in a county counts in its city.
dealers AS (
    SELECT
        paths.ancestor_id AS region_id,
        served.dealer_id AS dealer_id
    FROM served
    INNER JOIN paths
        ON paths.region_id = served.region_id
    UNION
    SELECT
        path.region_id AS region_id,
        served.dealer_id AS dealer_id
    FROM served
    INNER JOIN region_closure AS path
        ON path.ancestor_id = served.region_id
    WHERE path.region_id IN (SELECT paths.ancestor_id FROM paths)
),

dealer_counts AS (
    SELECT
        dealers.region_id AS region_id,
        COUNT(*) AS dealers,
        COUNT(dealer.attitude) AS assessed
    FROM dealers
    INNER JOIN dealer AS dealer
        ON dealer.dealer_id = dealers.dealer_id
    GROUP BY dealers.region_id
),

factors AS (
    SELECT
        factor.region_id AS region_id,
        COUNT(DISTINCT factor.factor) AS factors,
        MAX(CASE WHEN factor.factor = 'purchasing_power' THEN 1 ELSE 0 END) AS purchasing_power
    FROM region_factor AS factor
    GROUP BY factor.region_id
),

shop_counts AS (
    SELECT
        paths.ancestor_id AS region_id,
        SUM(shops.terminals) AS terminals,
        SUM(shops.located) AS located,
        SUM(shops.owned) AS owned,
        SUM(shops.classified) AS classified
    FROM shops
    INNER JOIN paths
        ON paths.region_id = shops.region_id
    GROUP BY paths.ancestor_id
)

SELECT
    region.region_id AS region_id,
    region.population AS population,
    region.gdp AS gdp,
    region.area_km2 AS area_km2,
    CAST(COALESCE(factors.factors, 0) AS BIGINT) AS factors,
    COALESCE(factors.purchasing_power, 0) AS purchasing_power,
    CAST(COALESCE(dealer_counts.dealers, 0) AS BIGINT) AS dealers,
    CAST(COALESCE(dealer_counts.assessed, 0) AS BIGINT) AS assessed,
    CAST(COALESCE(shop_counts.terminals, 0) AS BIGINT) AS terminals,
    CAST(COALESCE(shop_counts.located, 0) AS BIGINT) AS located,
    CAST(COALESCE(shop_counts.owned, 0) AS BIGINT) AS owned,
    CAST(COALESCE(shop_counts.classified, 0) AS BIGINT) AS classified
FROM region AS region
LEFT JOIN factors
    ON factors.region_id = region.region_id
LEFT JOIN dealer_counts
    ON dealer_counts.region_id = region.region_id
LEFT JOIN shop_counts
    ON shop_counts.region_id = region.region_id
WHERE region.region_id IN (SELECT paths.ancestor_id FROM paths)
ORDER BY region.region_id NULLS LAST
