-- The shops that ever were prospects: name, region, rep, and what the largest rival sells there a month, last visit.
WITH shops AS (
    SELECT t.*
    FROM terminal AS t
    WHERE t.terminal_id IN (SELECT s.terminal_id FROM prospect_stage AS s)
        AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
),

by_company AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.company_id AS company_id,
        s.month AS month,
        COALESCE(
            SUM(CASE WHEN s.product_id IS NULL THEN s.amount END),
            SUM(CASE WHEN s.product_id IS NOT NULL THEN s.amount END)
        ) AS amount
    FROM terminal_sales AS s
    WHERE s.month BETWEEN $first_month AND $last_month
        AND s.company_id <> $own
        AND s.terminal_id IN (SELECT m.terminal_id FROM shops AS m)
    GROUP BY s.terminal_id, s.company_id, s.month
),

company_sums AS (
    SELECT
        b.terminal_id AS terminal_id,
        b.company_id AS company_id,
        CAST(SUM(b.amount) AS DOUBLE) / NULLIF(CAST($months AS DOUBLE), 0) AS amount
    FROM by_company AS b
    GROUP BY b.terminal_id, b.company_id
),

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
