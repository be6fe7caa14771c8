-- The sums over everything a filter leaves, and the box it lies in.
SELECT
    COUNT(*) AS terminals,
    CAST(SUM(l.own) AS DOUBLE) / 100 AS own,
    CAST(SUM(l.total) AS DOUBLE) / 100 AS total,
    COUNT(CASE WHEN l.status <> 'closed' THEN 1 END) AS active,
    COUNT(CASE WHEN l.status <> 'closed' AND (l.own IS NULL OR l.own <= 0) THEN 1 END) AS blank,
    COUNT(CASE WHEN l.status <> 'closed' AND l.visits = 0 THEN 1 END) AS unvisited,
    COUNT(CASE WHEN l.own > 0 THEN 1 END) AS handlers,
    CAST(SUM(CASE WHEN l.own > 0 THEN l.total END) AS DOUBLE) / 100 AS handled_total,
    APPROX_QUANTILE(l.lat, 0.01) AS south,
    APPROX_QUANTILE(l.lat, 0.99) AS north,
    APPROX_QUANTILE(l.lon, 0.01) AS west,
    APPROX_QUANTILE(l.lon, 0.99) AS east
FROM {lens} AS l
WHERE l.cell >= 0
    AND ($scope IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
    AND ($regions IS NULL OR l.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))))
    AND ($outlet_types IS NULL OR list_contains(CAST($outlet_types AS VARCHAR[]), l.outlet_type))
    AND ($grades IS NULL OR list_contains(CAST($grades AS VARCHAR[]), l.grade))
    AND ($statuses IS NULL OR list_contains(CAST($statuses AS VARCHAR[]), l.status))
    AND ($dealers IS NULL OR list_contains(CAST($dealers AS VARCHAR[]), l.dealer_id))
    AND ($employees IS NULL OR list_contains(CAST($employees AS VARCHAR[]), l.employee_id))
