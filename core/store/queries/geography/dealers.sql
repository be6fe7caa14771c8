-- Dealers with a place, and the middle of each region they serve as far as the user may see it.
SELECT
    d.dealer_id AS dealer_id,
    d.name AS name,
    d.lat AS lat,
    d.lon AS lon,
    d.crs AS crs,
    r.lat AS region_lat,
    r.lon AS region_lon
FROM dealer AS d
LEFT JOIN dealer_region AS s ON s.dealer_id = d.dealer_id
LEFT JOIN region AS r ON r.region_id = s.region_id
    AND ({parts/in_scope r.region_id})
WHERE d.lat IS NOT NULL
    AND d.lon IS NOT NULL
    AND ({parts/within d.region_id})
    AND ({parts/in_scope d.region_id})
ORDER BY d.dealer_id ASC NULLS LAST, r.region_id ASC NULLS LAST
