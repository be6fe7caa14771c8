-- One row per terminal with what the map shows of it, in the order of the tiles.
-- Amounts are whole fen, so that sums over cells equal sums over the table to the last digit.
-- The part named monthly takes one figure per shop, company and month: its total, or the sum of its products.
CREATE TABLE {lens} AS
WITH wanted AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.company_id AS company_id,
        s.month AS month,
        s.product_id AS product_id,
        CAST(s.amount * 100 AS BIGINT) AS fen
    FROM terminal_sales AS s
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
        AND ($category IS NULL OR p.category = $category)
),
monthly AS ({monthly}),
by_company AS (
    SELECT
        m.terminal_id AS terminal_id,
        m.company_id AS company_id,
        CAST(SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS fen,
        CAST(SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.fen END) AS BIGINT) AS fen_previous
    FROM monthly AS m
    GROUP BY m.terminal_id, m.company_id
),
sold AS (
    SELECT
        b.terminal_id AS terminal_id,
        CAST(SUM(b.fen) AS BIGINT) AS total,
        CAST(SUM(b.fen_previous) AS BIGINT) AS total_previous,
        CAST(SUM(CASE WHEN b.company_id = $own THEN b.fen END) AS BIGINT) AS own,
        CAST(SUM(CASE WHEN b.company_id = $own THEN b.fen_previous END) AS BIGINT) AS own_previous,
        CAST(SUM(CASE WHEN b.company_id = $rival_1 THEN b.fen END) AS BIGINT) AS rival_1,
        CAST(SUM(CASE WHEN b.company_id = $rival_2 THEN b.fen END) AS BIGINT) AS rival_2,
        CAST(SUM(CASE WHEN b.company_id = $rival_3 THEN b.fen END) AS BIGINT) AS rival_3,
        CAST(SUM(CASE WHEN b.company_id = $rival_4 THEN b.fen END) AS BIGINT) AS rival_4,
        CAST(SUM(CASE WHEN b.company_id = $rival_5 THEN b.fen END) AS BIGINT) AS rival_5,
        ARG_MAX(b.company_id, b.fen) FILTER (WHERE b.fen > 0 AND NOT c.is_aggregate) AS leader
    FROM by_company AS b
    INNER JOIN company AS c ON c.company_id = b.company_id
    GROUP BY b.terminal_id
),
visited AS (
    SELECT
        v.terminal_id AS terminal_id,
        CAST(MAX(v.start_at) AS DATE) AS last_visit,
        CAST(COUNT(CASE WHEN v.start_at > CAST($as_of AS DATE) - INTERVAL 28 DAY THEN 1 END) AS BIGINT) AS visits
    FROM visit AS v
    WHERE v.start_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    GROUP BY v.terminal_id
)
SELECT
    t.cell AS cell,
    t.terminal_id AS terminal_id,
    t.lat_wgs84 AS lat,
    t.lon_wgs84 AS lon,
    t.region_id AS region_id,
    t.outlet_type AS outlet_type,
    t.grade AS grade,
    COALESCE(t.status, '') AS status,
    t.dealer_id AS dealer_id,
    t.employee_id AS employee_id,
    s.total AS total,
    s.total_previous AS total_previous,
    s.own AS own,
    s.own_previous AS own_previous,
    s.rival_1 AS rival_1,
    s.rival_2 AS rival_2,
    s.rival_3 AS rival_3,
    s.rival_4 AS rival_4,
    s.rival_5 AS rival_5,
    s.leader AS leader,
    v.last_visit AS last_visit,
    COALESCE(v.visits, 0) AS visits,
    CASE t.grade WHEN 'A' THEN 4 WHEN 'B' THEN 2 ELSE 1 END AS visits_planned
FROM terminal AS t
LEFT JOIN sold AS s ON s.terminal_id = t.terminal_id
LEFT JOIN visited AS v ON v.terminal_id = t.terminal_id
WHERE t.cell >= 0
ORDER BY t.cell
