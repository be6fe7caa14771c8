-- Active shops with recorded sales by grade and number of visits in some months: how many, and the sums of our
-- share of all sales in the shop and of its square.
WITH shops AS (
    SELECT
        t.terminal_id AS terminal_id,
        t.grade AS grade
    FROM terminal AS t
    WHERE t.grade IS NOT NULL
        AND COALESCE(t.status, 'listed') NOT IN ('blank', 'closed')
        AND ({parts/in_scope t.region_id})
),

by_company AS (
    {parts/company_months}
    GROUP BY s.terminal_id, s.company_id, s.month
),

sold AS (
    SELECT
        b.terminal_id AS terminal_id,
        CAST(COALESCE(SUM(CASE WHEN b.company_id = $own THEN b.amount END), 0) AS DOUBLE) AS own,
        CAST(SUM(b.amount) AS DOUBLE) AS total
    FROM by_company AS b
    GROUP BY b.terminal_id
    HAVING SUM(b.amount) > 0
        AND SUM(CASE WHEN b.company_id <> $own THEN 1 ELSE 0 END) > 0
),

seen AS (
    SELECT
        v.terminal_id AS terminal_id,
        COUNT(*) AS visits
    FROM visit AS v
    WHERE v.start_at >= $first_month
        AND v.start_at < $end_day
    GROUP BY v.terminal_id
),

shares AS (
    SELECT
        m.grade AS grade,
        COALESCE(v.visits, 0) AS visits,
        s.own / NULLIF(s.total, 0) AS share
    FROM shops AS m
    INNER JOIN sold AS s ON s.terminal_id = m.terminal_id
    LEFT JOIN seen AS v ON v.terminal_id = m.terminal_id
)

SELECT
    h.grade AS grade,
    CAST(h.visits AS BIGINT) AS visits,
    COUNT(*) AS shops,
    SUM(h.share) AS share_sum,
    SUM(h.share * h.share) AS share_squares
FROM shares AS h
GROUP BY h.grade, h.visits
ORDER BY h.grade ASC NULLS LAST, h.visits ASC NULLS LAST
