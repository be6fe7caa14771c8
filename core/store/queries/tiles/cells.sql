-- The cells of one tile: a range of the lens, grouped by the cell's own key.
SELECT
    l.cell >> $shift AS cell,
    COUNT(*) AS terminals,
    CAST(SUM(l.own) AS BIGINT) AS own,
    CAST(SUM(l.own_previous) AS BIGINT) AS own_previous,
    CAST(SUM(l.total) AS BIGINT) AS total,
    CAST(SUM(l.total_previous) AS BIGINT) AS total_previous,
    CAST(SUM(l.rival_1) AS BIGINT) AS rival_1,
    CAST(SUM(l.rival_2) AS BIGINT) AS rival_2,
    CAST(SUM(l.rival_3) AS BIGINT) AS rival_3,
    CAST(SUM(l.rival_4) AS BIGINT) AS rival_4,
    CAST(SUM(l.rival_5) AS BIGINT) AS rival_5,
    CAST(SUM(CASE WHEN l.own > 0 THEN l.total END) AS BIGINT) AS handled_total,
    COUNT(CASE WHEN l.own > 0 THEN 1 END) AS handlers,
    COUNT(CASE WHEN l.status <> 'closed' THEN 1 END) AS active,
    COUNT(CASE WHEN l.status <> 'closed' AND (l.own IS NULL OR l.own <= 0) THEN 1 END) AS blank,
    COUNT(CASE WHEN l.status <> 'closed' AND l.visits = 0 THEN 1 END) AS unvisited,
    COUNT(CASE WHEN l.grade = 'A' THEN 1 END) AS grade_a,
    COUNT(CASE WHEN l.grade = 'B' THEN 1 END) AS grade_b,
    COUNT(CASE WHEN l.grade = 'C' THEN 1 END) AS grade_c,
    CAST(SUM(l.visits) AS BIGINT) AS visits,
    CAST(SUM(l.visits_planned) AS BIGINT) AS visits_planned,
    AVG(date_diff('day', l.last_visit, CAST($as_of AS DATE))) AS days_since_visit,
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
