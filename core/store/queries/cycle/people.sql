-- Employees who may be given a task, managers before reps.
SELECT
    e.employee_id AS employee_id,
    e.name AS name,
    e.role AS role
FROM employee AS e
WHERE COALESCE(e.active, TRUE)
ORDER BY CASE WHEN COALESCE(e.role, '') = 'rep' THEN 1 ELSE 0 END ASC NULLS LAST, e.employee_id ASC NULLS LAST
