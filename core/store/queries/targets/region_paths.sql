-- Regions of one level with everything above them, from the region itself (distance 0) up.
SELECT
    region.region_id AS region_id,
    path.ancestor_id AS ancestor_id,
    path.distance AS distance,
    above.name AS name,
    COALESCE(above.name_en, above.name) AS name_en,
    above.level AS level
FROM region AS region
INNER JOIN region_closure AS path
    ON path.region_id = region.region_id
INNER JOIN region AS above
    ON above.region_id = path.ancestor_id
WHERE region.level = $level
    AND ({parts/within region.region_id})
    AND ({parts/in_scope region.region_id})
ORDER BY
    region.region_id NULLS LAST,
    path.distance NULLS LAST
