-- The terminals of one rep, and those of others that a rule gives to this rep or has visited together: place,
-- kind, monthly sales of the months given, visits before a day.
-- rival: the largest of the other companies in the shop. Sales are NULL where nothing is recorded.
WITH mine AS (
    SELECT t.*
    FROM terminal AS t
    WHERE (t.employee_id = $employee
        OR t.terminal_id IN (
            SELECT r.terminal_id FROM visit_rule AS r
            WHERE r.employee_id = $employee OR r.companion = $employee))
        AND ({parts/in_scope t.region_id})
),

by_company AS (
    {parts/company_months}
        AND s.terminal_id IN (SELECT m.terminal_id FROM mine AS m)
    GROUP BY s.terminal_id, s.company_id, s.month
),

company_sums AS ({parts/company_sums}),

sold AS (
    SELECT
        s.terminal_id AS terminal_id,
        COALESCE(MAX(CASE WHEN s.company_id = $own THEN s.amount END), 0) AS own,
        MAX(CASE WHEN s.company_id <> $own AND NOT COALESCE(c.is_aggregate, FALSE) THEN s.amount END) AS rival
    FROM company_sums AS s
    LEFT JOIN company AS c ON c.company_id = s.company_id
    GROUP BY s.terminal_id
),

seen AS (
    SELECT
        v.terminal_id AS terminal_id,
        MAX(v.start_at) AS last_visit,
        SUM(CASE WHEN v.start_at >= $cycle_start THEN 1 ELSE 0 END) AS cycle_visits,
        SUM(CASE WHEN v.start_at >= $cycle_start THEN date_diff('minute', v.start_at, v.end_at) END) AS dwell,
        COUNT(*) AS all_visits
    FROM visit AS v
    WHERE v.start_at < $until
        AND v.terminal_id IN (SELECT m.terminal_id FROM mine AS m)
    GROUP BY v.terminal_id
)

SELECT
    m.terminal_id AS terminal_id,
    m.name AS name,
    m.employee_id AS owner,
    m.grade AS grade,
    m.outlet_type AS outlet_type,
    COALESCE(m.status, 'listed') AS status,
    m.address AS address,
    m.lat_wgs84 AS lat,
    m.lon_wgs84 AS lon,
    r.name AS region,
    r.urban_class AS urban_class,
    s.own AS own,
    s.rival AS rival,
    v.last_visit AS last_visit,
    CAST(COALESCE(v.cycle_visits, 0) AS BIGINT) AS cycle_visits,
    CAST(v.dwell AS DOUBLE) AS dwell,
    CAST(COALESCE(v.all_visits, 0) AS BIGINT) AS all_visits
FROM mine AS m
LEFT JOIN region AS r ON r.region_id = m.region_id
LEFT JOIN sold AS s ON s.terminal_id = m.terminal_id
LEFT JOIN seen AS v ON v.terminal_id = m.terminal_id
ORDER BY m.terminal_id ASC NULLS LAST
