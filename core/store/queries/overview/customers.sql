-- Customers and those nobody visited in a cycle, by region asked for. A shop that is closed, or that we
-- don't supply yet (blank), is no customer. Rows without a region are the shops that lie in none.
WITH paths AS ({parts/all_paths}),

visited AS (
    SELECT DISTINCT visit.terminal_id AS terminal_id
    FROM visit AS visit
    WHERE visit.start_at >= $start
        AND visit.start_at < $until
),

customers AS (
    SELECT
        COALESCE(terminal.region_id, '') AS region_id,
        COUNT(*) AS customers,
        SUM(CASE WHEN visited.terminal_id IS NULL THEN 1 ELSE 0 END) AS unvisited
    FROM terminal AS terminal
    LEFT JOIN visited
        ON visited.terminal_id = terminal.terminal_id
    WHERE COALESCE(terminal.status, '') NOT IN ('closed', 'blank')
    GROUP BY COALESCE(terminal.region_id, '')
)

SELECT
    paths.ancestor_id AS region_id,
    CAST(SUM(customers.customers) AS BIGINT) AS customers,
    CAST(SUM(customers.unvisited) AS BIGINT) AS unvisited
FROM customers
INNER JOIN paths
    ON paths.region_id = customers.region_id
GROUP BY paths.ancestor_id
ORDER BY region_id NULLS LAST
