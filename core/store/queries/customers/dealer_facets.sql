-- The values the filters of a list of dealers can take, with how many dealers have each; '' where none is recorded.
SELECT 'tiers' AS facet, COALESCE(t.tier, '') AS value, COALESCE(t.tier, '') AS label, COUNT(*) AS customers
FROM dealer AS t
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.tier, '')
UNION ALL
SELECT 'levels' AS facet, COALESCE(t.level, '') AS value, COALESCE(t.level, '') AS label, COUNT(*) AS customers
FROM dealer AS t
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.level, '')
UNION ALL
SELECT
    'employees' AS facet,
    COALESCE(t.owner_employee_id, '') AS value,
    COALESCE(ANY_VALUE(e.name), '') AS label,
    COUNT(*) AS customers
FROM dealer AS t
LEFT JOIN employee AS e ON e.employee_id = t.owner_employee_id
WHERE {parts/in_scope t.region_id}
GROUP BY COALESCE(t.owner_employee_id, '')
ORDER BY facet ASC NULLS LAST, customers DESC NULLS LAST, value ASC NULLS LAST
