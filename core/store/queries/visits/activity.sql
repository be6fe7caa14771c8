-- Two cycles of one rep one after the other: customers visited, visits, visits with an order and their amount, and
-- the amount of shops that first bought from us less than three months before the end of the cycle.
WITH mine AS (
    SELECT
        v.terminal_id AS terminal_id,
        v.order_amount AS order_amount,
        CASE WHEN v.start_at < $middle THEN 0 ELSE 1 END AS cycle
    FROM visit AS v
    INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
    WHERE v.employee_id = $employee
        AND v.start_at >= $first_day
        AND v.start_at < $end_day
        AND ({parts/in_scope t.region_id})
),

begun AS (
    SELECT
        s.terminal_id AS terminal_id,
        MIN(s.month) AS first_month
    FROM terminal_sales AS s
    WHERE s.company_id = $own
        AND s.amount > 0
        AND s.terminal_id IN (SELECT m.terminal_id FROM mine AS m)
    GROUP BY s.terminal_id
)

SELECT
    CAST(m.cycle AS BIGINT) AS cycle,
    COUNT(DISTINCT m.terminal_id) AS customers,
    COUNT(*) AS visits,
    CAST(COALESCE(SUM(CASE WHEN m.order_amount > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS orders,
    COALESCE(SUM(CASE WHEN m.order_amount > 0 THEN m.order_amount END), 0) AS amount,
    COALESCE(SUM(CASE
        WHEN m.order_amount > 0
            AND (b.first_month IS NULL OR b.first_month >= CASE WHEN m.cycle = 0 THEN $new_before ELSE $new_after END)
            THEN m.order_amount
    END), 0) AS new_amount
FROM mine AS m
LEFT JOIN begun AS b ON b.terminal_id = m.terminal_id
GROUP BY m.cycle
ORDER BY m.cycle ASC NULLS LAST
