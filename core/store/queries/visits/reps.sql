-- The employees who have terminals to visit, with their place and number of shops.
SELECT
    e.employee_id AS employee_id,
    e.name AS name,
    e.lat AS lat,
    e.lon AS lon,
    e.work_minutes_per_day AS work_minutes,
    COUNT(*) AS shops,
    AVG(t.lat_wgs84) AS shops_lat,
    AVG(t.lon_wgs84) AS shops_lon
FROM terminal AS t
INNER JOIN employee AS e ON e.employee_id = t.employee_id
WHERE COALESCE(e.active, TRUE)
    AND COALESCE(t.status, 'listed') <> 'closed'
    AND ({parts/in_scope t.region_id})
GROUP BY e.employee_id, e.name, e.lat, e.lon, e.work_minutes_per_day
ORDER BY e.employee_id ASC NULLS LAST
