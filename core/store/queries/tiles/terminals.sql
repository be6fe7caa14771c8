-- The terminals of one tile, with what their tooltip and colour need.
SELECT
    l.terminal_id AS terminal_id,
    t.name AS name,
    l.lat AS lat,
    l.lon AS lon,
    l.region_id AS region_id,
    l.outlet_type AS outlet_type,
    l.grade AS grade,
    l.last_visit AS last_visit,
    {sums}
FROM {source} AS l
INNER JOIN terminal AS t ON t.terminal_id = l.terminal_id AND t.cell = l.cell
WHERE l.cell BETWEEN $first_cell AND $last_cell
    AND t.cell BETWEEN $first_cell AND $last_cell{restriction}
ORDER BY l.cell ASC NULLS LAST, l.terminal_id ASC NULLS LAST
LIMIT $limit
