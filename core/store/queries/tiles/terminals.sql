-- The terminals of one tile, with what their tooltip and colour need.
SELECT
    l.terminal_id AS terminal_id,
    t.name AS name,
    l.lat AS lat,
    l.lon AS lon,
    l.region_id AS region_id,
    l.outlet_type AS outlet_type,
    l.grade AS grade,
    l.status AS status,
    1 AS terminals,
    l.own AS own,
    l.own_previous AS own_previous,
    l.total AS total,
    l.total_previous AS total_previous,
    l.rival_1 AS rival_1,
    l.rival_2 AS rival_2,
    l.rival_3 AS rival_3,
    l.rival_4 AS rival_4,
    l.rival_5 AS rival_5,
    CASE WHEN l.own > 0 THEN l.total END AS handled_total,
    CASE WHEN l.own > 0 THEN 1 ELSE 0 END AS handlers,
    CASE WHEN l.status <> 'closed' THEN 1 ELSE 0 END AS active,
    CASE WHEN l.status <> 'closed' AND (l.own IS NULL OR l.own <= 0) THEN 1 ELSE 0 END AS blank,
    CASE WHEN l.status <> 'closed' AND l.visits = 0 THEN 1 ELSE 0 END AS unvisited,
    l.visits AS visits,
    l.visits_planned AS visits_planned,
    CAST(date_diff('day', l.last_visit, CAST($as_of AS DATE)) AS DOUBLE) AS days_since_visit,
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
