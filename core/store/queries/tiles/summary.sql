-- The sums over everything a filter leaves, and the box it lies in.
SELECT
    CAST(SUM(l.terminals) AS BIGINT) AS terminals,
    CAST(SUM(l.own) AS DOUBLE) / 100 AS own,
    CAST(SUM(l.total) AS DOUBLE) / 100 AS total,
    CAST(SUM(l.active) AS BIGINT) AS active,
    CAST(SUM(l.blank) AS BIGINT) AS blank,
    CAST(SUM(l.unvisited) AS BIGINT) AS unvisited,
    CAST(SUM(l.handlers) AS BIGINT) AS handlers,
    CAST(SUM(l.handled_total) AS DOUBLE) / 100 AS handled_total,
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
