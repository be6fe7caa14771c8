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
    AND ($scope IS NULL OR r.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
WHERE d.lat IS NOT NULL
    AND d.lon IS NOT NULL
    AND ($within IS NULL OR d.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $within))
    AND ($scope IS NULL OR d.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY d.dealer_id ASC NULLS LAST, r.region_id ASC NULLS LAST
