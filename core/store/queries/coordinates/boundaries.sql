-- The boundaries of some regions.
SELECT
    b.region_id AS region_id,
    b.geometry_wkb AS geometry_wkb
FROM region_boundary AS b
WHERE list_contains(CAST($regions AS VARCHAR[]), b.region_id)
ORDER BY b.region_id ASC NULLS LAST
