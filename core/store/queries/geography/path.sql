-- The regions from the top of the tree down to one region, as far as the user may see them.
SELECT
    region.region_id AS region_id,
    region.name AS name,
    COALESCE(region.name_en, region.name) AS name_en,
    region.level AS level
FROM region_closure AS path
INNER JOIN region AS region
    ON region.region_id = path.ancestor_id
WHERE path.region_id = $region
    AND ({parts/in_scope region.region_id})
ORDER BY path.distance DESC NULLS LAST
