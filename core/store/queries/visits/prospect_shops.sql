-- The shops that ever were prospects: name, region, rep, and what the largest rival sells there a month, last visit.
WITH shops AS (
    SELECT t.*
    FROM terminal AS t
    WHERE t.terminal_id IN (SELECT s.terminal_id FROM prospect_stage AS s)
        AND ({parts/in_scope t.region_id})
),

by_company AS (
    {parts/company_months}
        AND s.company_id <> $own
        AND s.terminal_id IN (SELECT m.terminal_id FROM shops AS m)
    GROUP BY s.terminal_id, s.company_id, s.month
),

company_sums AS ({parts/company_sums}),

sold AS (
    SELECT
        s.terminal_id AS terminal_id,
        MAX(CASE WHEN NOT COALESCE(c.is_aggregate, FALSE) THEN s.amount END) AS rival
    FROM company_sums AS s
    LEFT JOIN company AS c ON c.company_id = s.company_id
    GROUP BY s.terminal_id
),

seen AS (
    SELECT
        v.terminal_id AS terminal_id,
        MAX(v.start_at) AS last_visit
    FROM visit AS v
    WHERE v.start_at < $until
        AND v.terminal_id IN (SELECT m.terminal_id FROM shops AS m)
    GROUP BY v.terminal_id
)

SELECT
    m.terminal_id AS terminal_id,
    m.name AS name,
    m.region_id AS region_id,
    r.name AS region,
    m.employee_id AS employee_id,
    e.name AS employee,
    s.rival AS value,
    v.last_visit AS last_visit
FROM shops AS m
LEFT JOIN region AS r ON r.region_id = m.region_id
LEFT JOIN employee AS e ON e.employee_id = m.employee_id
LEFT JOIN sold AS s ON s.terminal_id = m.terminal_id
LEFT JOIN seen AS v ON v.terminal_id = m.terminal_id
ORDER BY m.terminal_id ASC NULLS LAST
