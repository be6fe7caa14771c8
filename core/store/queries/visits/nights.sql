-- The nights away of one rep: after which day, near which shop.
SELECT
    n.day AS day,
    n.terminal_id AS terminal_id
FROM visit_night AS n
INNER JOIN terminal AS t ON t.terminal_id = n.terminal_id
WHERE n.employee_id = $employee
    AND ({parts/in_scope t.region_id})
ORDER BY n.day ASC NULLS LAST, n.terminal_id ASC NULLS LAST
