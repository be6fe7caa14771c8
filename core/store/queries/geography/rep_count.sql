-- How many reps have terminals on the map.
SELECT COUNT(DISTINCT t.employee_id) AS reps
FROM terminal AS t
WHERE t.cell >= 0
    AND ({parts/within t.region_id})
    AND ({parts/in_scope t.region_id})
