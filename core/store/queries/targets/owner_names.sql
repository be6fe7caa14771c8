-- Names of reps and dealers; where they work is for others to ask.
SELECT
    employee.employee_id AS owner_id,
    employee.name AS name,
    'employee' AS owner
FROM employee AS employee
UNION ALL
SELECT
    dealer.dealer_id AS owner_id,
    dealer.name AS name,
    'dealer' AS owner
FROM dealer AS dealer
ORDER BY
    owner NULLS LAST,
    owner_id NULLS LAST
