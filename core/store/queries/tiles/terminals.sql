-- The terminals of one tile, with what their tooltip and colour need.
SELECT
    l.terminal_id AS terminal_id,
    t.name AS name,
    l.lat AS lat,
    l.lon AS lon,
    l.region_id AS region_id,
    l.outlet_type AS outlet_type,
    l.grade AS grade,
    l.terminals AS terminals,
    l.total AS total,
    l.total_previous AS total_previous,
    l.own AS own,
    l.own_previous AS own_previous,
    l.rival_1 AS rival_1,
    l.rival_2 AS rival_2,
    l.rival_3 AS rival_3,
    l.rival_4 AS rival_4,
    l.rival_5 AS rival_5,
    l.handled_total AS handled_total,
    l.handlers AS handlers,
    l.active AS active,
    l.blank AS blank,
    l.unvisited AS unvisited,
    l.grade_a AS grade_a,
    l.grade_b AS grade_b,
    l.grade_c AS grade_c,
    l.visits AS visits,
    l.visits_planned AS visits_planned,
    CAST(l.days AS DOUBLE) AS days_since_visit,
    l.last_visit AS last_visit
FROM {lens} AS l
INNER JOIN terminal AS t ON t.terminal_id = l.terminal_id AND t.cell = l.cell
WHERE l.cell BETWEEN $first_cell AND $last_cell
    AND t.cell BETWEEN $first_cell AND $last_cell
    AND ($scope IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($regions IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))))
    AND ($outlet_types IS NULL OR list_contains(CAST($outlet_types AS VARCHAR[]), l.outlet_type))
    AND ($grades IS NULL OR list_contains(CAST($grades AS VARCHAR[]), l.grade))
    AND ($statuses IS NULL OR list_contains(CAST($statuses AS VARCHAR[]), l.status))
    AND ($dealers IS NULL OR list_contains(CAST($dealers AS VARCHAR[]), l.dealer_id))
    AND ($employees IS NULL OR list_contains(CAST($employees AS VARCHAR[]), l.employee_id))
ORDER BY l.cell ASC NULLS LAST, l.terminal_id ASC NULLS LAST
LIMIT $limit
