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
WHERE l.cell >= 0{restriction}
