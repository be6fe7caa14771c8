-- Employees to whom customers may be given.
SELECT e.employee_id AS id, e.name AS name
FROM employee AS e
WHERE COALESCE(e.active, TRUE)
ORDER BY e.name ASC NULLS LAST, e.employee_id ASC NULLS LAST
