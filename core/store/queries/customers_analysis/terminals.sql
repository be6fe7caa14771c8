-- Terminals as customers, with what is sold there (yuan) and how often they were visited; closed ones only
-- where they sold something. segment is the type of outlet. Where any visit of the period is recorded, a
-- terminal without one had none.
WITH visited AS (
    SELECT v.terminal_id AS terminal_id, COUNT(*) AS visits
    FROM visit AS v
    INNER JOIN terminal AS t ON t.terminal_id = v.terminal_id
    WHERE v.start_at >= CAST($start AS DATE)
        AND v.start_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
        AND ({parts/in_scope t.region_id})
    GROUP BY v.terminal_id
)

SELECT
    t.terminal_id AS customer_id,
    t.name AS name,
    t.outlet_type AS segment,
    t.region_id AS region_id,
    t.employee_id AS owner,
    COALESCE(t.status, '') = 'closed' AS closed,
    a.demand / CAST(100 AS DOUBLE) AS demand,
    a.demand_previous / CAST(100 AS DOUBLE) AS demand_previous,
    a.own / CAST(100 AS DOUBLE) AS own,
    a.own_previous / CAST(100 AS DOUBLE) AS own_previous,
    a.best_rival / CAST(100 AS DOUBLE) AS best_rival,
    a.best_rival_previous / CAST(100 AS DOUBLE) AS best_rival_previous,
    a.margin_amount / CAST(100 AS DOUBLE) AS margin_amount,
    a.margin / CAST(100 AS DOUBLE) AS margin,
    a.margin_previous / CAST(100 AS DOUBLE) AS margin_previous,
    CAST(a.months_active AS DOUBLE) AS months_active,
    CASE WHEN EXISTS (SELECT 1 FROM visited) THEN CAST(COALESCE(v.visits, 0) AS DOUBLE) END AS visits
FROM terminal AS t
LEFT JOIN {accounts} AS a ON a.customer_id = t.terminal_id
LEFT JOIN visited AS v ON v.terminal_id = t.terminal_id
WHERE (COALESCE(t.status, '') <> 'closed' OR a.demand IS NOT NULL OR a.demand_previous IS NOT NULL)
    AND ({parts/in_scope t.region_id})
ORDER BY t.terminal_id ASC NULLS LAST
