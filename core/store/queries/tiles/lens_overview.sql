-- The same sums by zoom-12 cell: far views read a tenth of the rows. A cell stands at its first zoom-24 cell.
-- Dealers and reps are not kept here, they are too many: a filter by them reads the lens itself.
CREATE TABLE {lens}_far AS
SELECT
    (l.cell >> 24) << 24 AS cell,
    l.region_id AS region_id,
    l.outlet_type AS outlet_type,
    l.grade AS grade,
    l.status AS status,
    CAST(NULL AS VARCHAR) AS dealer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
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
    CAST(SUM(l.days) AS BIGINT) AS days,
    CAST(SUM(l.visited) AS BIGINT) AS visited
FROM {lens} AS l
GROUP BY (l.cell >> 24) << 24, l.region_id, l.outlet_type, l.grade, l.status
ORDER BY (l.cell >> 24) << 24
