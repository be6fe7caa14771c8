-- Effective and all logged minutes of one rep on the days given.
SELECT
    SUM(l.minutes) AS minutes,
    SUM(CASE WHEN l.effective THEN l.minutes END) AS effective,
    COUNT(DISTINCT l.day) AS days
FROM time_log AS l
WHERE l.employee_id = $employee
    AND l.day >= $first_day
    AND l.day < $end_day
    AND ($scope IS NULL OR l.employee_id IN (
        SELECT t.employee_id
        FROM terminal AS t
        WHERE ({parts/in_scope t.region_id})))
