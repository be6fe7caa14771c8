-- One terminal with the names of what it belongs to.
SELECT
    t.terminal_id AS terminal_id,
    {parts/shop_columns},
    t.address AS address,
    t.lat_wgs84 AS lat,
    t.lon_wgs84 AS lon,
    t.crs AS crs,
    d.name AS dealer,
    e.name AS employee
FROM terminal AS t
LEFT JOIN region AS r ON r.region_id = t.region_id
LEFT JOIN dealer AS d ON d.dealer_id = t.dealer_id
LEFT JOIN employee AS e ON e.employee_id = t.employee_id
WHERE t.terminal_id = $terminal
    AND ({parts/in_scope t.region_id})
