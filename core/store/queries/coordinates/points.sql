-- Shops of some regions with their coordinates as surveyed; with $homeless those without a region.
SELECT
    t.terminal_id AS terminal_id,
    t.name AS name,
    t.region_id AS region_id,
    t.lat AS lat,
    t.lon AS lon,
    COALESCE(t.crs, 'WGS-84') AS crs
FROM terminal AS t
WHERE t.lat IS NOT NULL
    AND t.lon IS NOT NULL
    AND (list_contains(CAST($regions AS VARCHAR[]), t.region_id) OR ($homeless AND t.region_id IS NULL))
ORDER BY t.terminal_id ASC NULLS LAST
