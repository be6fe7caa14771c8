-- The values the filters of a list of terminals can take, with how many have each; '' where none is recorded.
SELECT
    'outlet_types' AS facet,
    COALESCE(t.outlet_type, '') AS value,
    COALESCE(t.outlet_type, '') AS label,
    COUNT(*) AS customers
FROM terminal AS t
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.outlet_type, '')
UNION ALL
SELECT
    'grades' AS facet,
    COALESCE(t.grade, '') AS value,
    COALESCE(t.grade, '') AS label,
    COUNT(*) AS customers
FROM terminal AS t
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.grade, '')
UNION ALL
SELECT
    'statuses' AS facet,
    COALESCE(t.status, '') AS value,
    COALESCE(t.status, '') AS label,
    COUNT(*) AS customers
FROM terminal AS t
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.status, '')
UNION ALL
SELECT
    'dealers' AS facet,
    COALESCE(t.dealer_id, '') AS value,
    COALESCE(ANY_VALUE(d.name), '') AS label,
    COUNT(*) AS customers
FROM terminal AS t
LEFT JOIN dealer AS d ON d.dealer_id = t.dealer_id
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.dealer_id, '')
UNION ALL
SELECT
    'employees' AS facet,
    COALESCE(t.employee_id, '') AS value,
    COALESCE(ANY_VALUE(e.name), '') AS label,
    COUNT(*) AS customers
FROM terminal AS t
LEFT JOIN employee AS e ON e.employee_id = t.employee_id
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.employee_id, '')
ORDER BY facet ASC NULLS LAST, customers DESC NULLS LAST, value ASC NULLS LAST
