-- Where the days of one rep end, if not at home.
SELECT
    o.lat AS lat,
    o.lon AS lon
FROM visit_office AS o
WHERE o.employee_id = $employee
