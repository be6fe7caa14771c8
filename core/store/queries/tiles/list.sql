-- The terminals a filter leaves, as a list to work off: those where others sell most first.
WITH chosen AS (
    SELECT l.*
    FROM {lens} AS l
    WHERE l.cell BETWEEN $first_cell AND $last_cell{restriction}
    ORDER BY COALESCE(l.total, 0) - COALESCE(l.own, 0) DESC NULLS LAST, l.terminal_id ASC NULLS LAST
    LIMIT $limit
)
SELECT
    l.terminal_id AS terminal_id,
    t.name AS name,
    r.name AS region,
    l.outlet_type AS outlet_type,
    l.grade AS grade,
    l.status AS status,
    CAST(l.own AS DOUBLE) / 100 AS own,
    CAST(l.total AS DOUBLE) / 100 AS total,
    CASE WHEN l.total > 0 THEN CAST(COALESCE(l.own, 0) AS DOUBLE) / CAST(l.total AS DOUBLE) END AS share,
    d.name AS dealer,
    e.name AS employee,
    l.visits AS visits,
    l.visits_planned AS visits_planned,
    l.last_visit AS last_visit,
    t.address AS address,
    r.name_en AS region_en
FROM chosen AS l
INNER JOIN terminal AS t ON t.terminal_id = l.terminal_id AND t.cell = l.cell
LEFT JOIN region AS r ON r.region_id = l.region_id
LEFT JOIN dealer AS d ON d.dealer_id = l.dealer_id
LEFT JOIN employee AS e ON e.employee_id = l.employee_id
ORDER BY COALESCE(l.total, 0) - COALESCE(l.own, 0) DESC NULLS LAST, l.terminal_id ASC NULLS LAST
