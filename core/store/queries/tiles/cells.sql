-- The cells of one tile: a range of the lens, or of its sums for far views, grouped by the cell's own key.
SELECT
    l.cell >> $shift AS cell,
    CAST(SUM(l.terminals) AS BIGINT) AS terminals,
    CAST(SUM(l.total) AS BIGINT) AS total,
    CAST(SUM(l.total_previous) AS BIGINT) AS total_previous,
    CAST(SUM(l.own) AS BIGINT) AS own,
    CAST(SUM(l.own_previous) AS BIGINT) AS own_previous,
    CAST(SUM(l.rival_1) AS BIGINT) AS rival_1,
    CAST(SUM(l.rival_2) AS BIGINT) AS rival_2,
    CAST(SUM(l.rival_3) AS BIGINT) AS rival_3,
    CAST(SUM(l.rival_4) AS BIGINT) AS rival_4,
    CAST(SUM(l.rival_5) AS BIGINT) AS rival_5,
    CAST(SUM(l.handled_total) AS BIGINT) AS handled_total,
    CAST(SUM(l.handlers) AS BIGINT) AS handlers,
    CAST(SUM(l.active) AS BIGINT) AS active,
    CAST(SUM(l.blank) AS BIGINT) AS blank,
    CAST(SUM(l.unvisited) AS BIGINT) AS unvisited,
    CAST(SUM(l.grade_a) AS BIGINT) AS grade_a,
    CAST(SUM(l.grade_b) AS BIGINT) AS grade_b,
    CAST(SUM(l.grade_c) AS BIGINT) AS grade_c,
    CAST(SUM(l.visits) AS BIGINT) AS visits,
    CAST(SUM(l.visits_planned) AS BIGINT) AS visits_planned,
    CAST(SUM(l.days) AS DOUBLE) / NULLIF(SUM(l.visited), 0) AS days_since_visit,
    ANY_VALUE(l.region_id) AS region_id
FROM {lens} AS l
WHERE l.cell BETWEEN $first_cell AND $last_cell
    AND ($scope IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($regions IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))))
    AND ($outlet_types IS NULL OR list_contains(CAST($outlet_types AS VARCHAR[]), l.outlet_type))
    AND ($grades IS NULL OR list_contains(CAST($grades AS VARCHAR[]), l.grade))
    AND ($statuses IS NULL OR list_contains(CAST($statuses AS VARCHAR[]), l.status))
    AND ($dealers IS NULL OR list_contains(CAST($dealers AS VARCHAR[]), l.dealer_id))
    AND ($employees IS NULL OR list_contains(CAST($employees AS VARCHAR[]), l.employee_id))
GROUP BY l.cell >> $shift
