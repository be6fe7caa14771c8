-- One terminal with the names of what it belongs to.
SELECT
    'terminal' AS customer_type,
    t.terminal_id AS customer_id,
    {parts/shop_columns},
    t.address AS address,
    t.area_m2 AS area_m2,
    t.dealer_id AS dealer_id,
    d.name AS dealer,
    t.employee_id AS owner_id,
    e.name AS owner,
    e.role AS owner_role,
    t.lat_wgs84 AS lat,
    t.lon_wgs84 AS lon
FROM terminal AS t
LEFT JOIN region AS r ON r.region_id = t.region_id
LEFT JOIN dealer AS d ON d.dealer_id = t.dealer_id
LEFT JOIN employee AS e ON e.employee_id = t.employee_id
WHERE t.terminal_id = $customer
    AND ({parts/in_scope t.region_id})
