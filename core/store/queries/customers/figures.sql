-- What each terminal sells and how it is looked after, one row per terminal of which anything is recorded.
-- Amounts are whole fen, so that sums tie to the last digit. The part named monthly takes one figure per shop,
-- company and month: its total, or the sum of its products.
WITH wanted AS ({parts/period_sales}),
monthly AS ({monthly}),
sold AS (
    SELECT
        m.terminal_id AS terminal_id,
        SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen END) AS total,
        SUM(CASE WHEN m.company_id = $own AND m.month BETWEEN $start AND $end THEN m.fen END) AS own,
        SUM(CASE WHEN m.company_id = $own AND m.month BETWEEN $previous_start AND $previous_end THEN m.fen END)
            AS own_previous
    FROM monthly AS m
    GROUP BY m.terminal_id
),
visited AS (
    SELECT
        v.terminal_id AS terminal_id,
        CAST(MAX(v.start_at) AS DATE) AS last_visit,
        COUNT(CASE WHEN v.start_at >= $start THEN 1 END) AS visits
    FROM visit AS v
    WHERE v.start_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    GROUP BY v.terminal_id
),
sheets AS (
    SELECT
        i.terminal_id AS terminal_id,
        SUM(i.score) AS score,
        ROW_NUMBER() OVER (
            PARTITION BY i.terminal_id
            ORDER BY MAX(i.assessed_on) DESC NULLS LAST, i.sheet_id ASC NULLS LAST
        ) AS place
    FROM score_item AS i
    GROUP BY i.terminal_id, i.sheet_id
),
scored AS (SELECT s.terminal_id AS terminal_id, s.score AS score FROM sheets AS s WHERE s.place = 1),
everybody AS (
    SELECT s.terminal_id AS terminal_id FROM sold AS s
    UNION
    SELECT v.terminal_id AS terminal_id FROM visited AS v
    UNION
    SELECT c.terminal_id AS terminal_id FROM scored AS c
)
SELECT
    e.terminal_id AS terminal_id,
    CAST(s.own AS BIGINT) AS own,
    CAST(s.own_previous AS BIGINT) AS own_previous,
    CAST(s.total AS BIGINT) AS total,
    v.last_visit AS last_visit,
    CAST(v.visits AS BIGINT) AS visits,
    c.score AS score
FROM everybody AS e
LEFT JOIN sold AS s ON s.terminal_id = e.terminal_id
LEFT JOIN visited AS v ON v.terminal_id = e.terminal_id
LEFT JOIN scored AS c ON c.terminal_id = e.terminal_id
ORDER BY e.terminal_id
