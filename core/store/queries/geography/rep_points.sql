-- Where each rep's terminals are, thinned to zoom-17 cells: enough to draw the territory.
SELECT
    t.employee_id AS employee_id,
    ANY_VALUE(e.name) AS name,
    AVG(t.lat_wgs84) AS lat,
    AVG(t.lon_wgs84) AS lon
FROM terminal AS t
INNER JOIN employee AS e ON e.employee_id = t.employee_id
WHERE t.cell >= 0
    AND ({parts/within t.region_id})
    AND ({parts/in_scope t.region_id})
GROUP BY t.employee_id, t.cell >> 14
ORDER BY t.employee_id ASC NULLS LAST, t.cell >> 14 ASC NULLS LAST
