-- The regions of one level (is_listed) and the tops of what is looked at (is_top): the region asked for, else
-- the regions of the scope that lie in no other one of it, else the roots of the tree.
WITH visible AS (
    SELECT region.region_id AS region_id
    FROM region AS region
    WHERE {parts/in_scope region.region_id}
),

inside AS (
    SELECT visible.region_id AS region_id
    FROM visible
    WHERE {parts/within visible.region_id}
),

marked AS (
    SELECT
        region.region_id AS region_id,
        region.parent_id AS parent_id,
        region.level AS level,
        region.name AS name,
        COALESCE(region.name_en, region.name) AS name_en,
        region.population AS population,
        region.area_km2 AS area_km2,
        region.gdp AS gdp,
        region.urban_class AS urban_class,
        region.development_status AS development_status,
        region.level = $level AS is_listed,
        NOT EXISTS (
            SELECT 1
            FROM region_closure AS path
            INNER JOIN inside AS higher
                ON higher.region_id = path.ancestor_id
            WHERE path.region_id = region.region_id
                AND path.distance > 0
        ) AS is_top
    FROM region AS region
    INNER JOIN inside
        ON inside.region_id = region.region_id
)

SELECT
    marked.region_id AS region_id,
    marked.parent_id AS parent_id,
    marked.level AS level,
    marked.name AS name,
    marked.name_en AS name_en,
    marked.population AS population,
    marked.area_km2 AS area_km2,
    marked.gdp AS gdp,
    marked.urban_class AS urban_class,
    marked.development_status AS development_status,
    marked.is_listed AS is_listed,
    marked.is_top AS is_top
FROM marked
WHERE marked.is_listed
    OR marked.is_top
ORDER BY marked.region_id NULLS LAST
