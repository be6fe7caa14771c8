-- One row per terminal of a stretch of cells with what the map shows of it, in the order of the tiles.
-- Everything that is counted stands as a small number, so that a tile only adds.
INSERT INTO {lens}
SELECT
    t.cell AS cell,
    t.region_id AS region_id,
    t.outlet_type AS outlet_type,
    t.grade AS grade,
    COALESCE(t.status, '') AS status,
    1 AS terminals,
    s.total AS total,
    s.total_previous AS total_previous,
    s.own AS own,
    s.own_previous AS own_previous,
    s.rival_1 AS rival_1,
    s.rival_2 AS rival_2,
    s.rival_3 AS rival_3,
    s.rival_4 AS rival_4,
    s.rival_5 AS rival_5,
    CASE WHEN s.own > 0 THEN s.total END AS handled_total,
    CASE WHEN s.own > 0 THEN 1 ELSE 0 END AS handlers,
    CASE WHEN t.status = 'closed' THEN 0 ELSE 1 END AS active,
    CASE WHEN t.status = 'closed' OR s.own > 0 THEN 0 ELSE 1 END AS blank,
    CASE WHEN t.status = 'closed' OR v.visits > 0 THEN 0 ELSE 1 END AS unvisited,
    CASE WHEN t.grade = 'A' THEN 1 ELSE 0 END AS grade_a,
    CASE WHEN t.grade = 'B' THEN 1 ELSE 0 END AS grade_b,
    CASE WHEN t.grade = 'C' THEN 1 ELSE 0 END AS grade_c,
    COALESCE(v.visits, 0) AS visits,
    CASE t.grade WHEN 'A' THEN 4 WHEN 'B' THEN 2 ELSE 1 END AS visits_planned,
    date_diff('day', v.last_visit, CAST($as_of AS DATE)) AS days,
    CASE WHEN v.last_visit IS NULL THEN 0 ELSE 1 END AS visited,
    t.terminal_id AS terminal_id,
    t.lat_wgs84 AS lat,
    t.lon_wgs84 AS lon,
    t.dealer_id AS dealer_id,
    t.employee_id AS employee_id,
    v.last_visit AS last_visit
FROM terminal AS t
LEFT JOIN {lens}_sold AS s ON s.terminal_id = t.terminal_id
LEFT JOIN {lens}_visited AS v ON v.terminal_id = t.terminal_id
WHERE t.cell BETWEEN $first_cell AND $last_cell
ORDER BY t.cell
