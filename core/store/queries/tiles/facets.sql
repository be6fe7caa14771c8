-- The values a filter can take, with how many terminals have each.
SELECT 'outlet_types' AS facet, t.outlet_type AS value, t.outlet_type AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.outlet_type IS NOT NULL AND ({parts/in_scope t.region_id})
    AND ({parts/within t.region_id})
GROUP BY t.outlet_type
UNION ALL
SELECT 'grades' AS facet, t.grade AS value, t.grade AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.grade IS NOT NULL AND ({parts/in_scope t.region_id})
    AND ({parts/within t.region_id})
GROUP BY t.grade
UNION ALL
SELECT 'statuses' AS facet, t.status AS value, t.status AS label, COUNT(*) AS terminals
FROM terminal AS t
WHERE t.status IS NOT NULL AND ({parts/in_scope t.region_id})
    AND ({parts/within t.region_id})
GROUP BY t.status
UNION ALL
SELECT 'dealers' AS facet, t.dealer_id AS value, ANY_VALUE(d.name) AS label, COUNT(*) AS terminals
FROM terminal AS t
INNER JOIN dealer AS d ON d.dealer_id = t.dealer_id
WHERE ({parts/in_scope t.region_id})
    AND ({parts/within t.region_id})
GROUP BY t.dealer_id
UNION ALL
SELECT 'employees' AS facet, t.employee_id AS value, ANY_VALUE(e.name) AS label, COUNT(*) AS terminals
FROM terminal AS t
INNER JOIN employee AS e ON e.employee_id = t.employee_id
WHERE ({parts/in_scope t.region_id})
    AND ({parts/within t.region_id})
GROUP BY t.employee_id
ORDER BY facet ASC NULLS LAST, terminals DESC NULLS LAST, value ASC NULLS LAST
