-- What the five principles ask about the shops of regions: customers and visits of a cycle, visits planned in it,
-- shops in which the strongest rival leads within range, and grade-A shops in which we are first. A shop that is
-- closed, or that we don't supply yet (blank), is no customer. Only shops in which a rival's sales are known tell
-- who leads; our own books are complete, so no row of ours beside a rival's is nothing sold. Planned visits are
-- those of the latest version of each rep's plan of a period.
WITH paths AS (
    SELECT
        path.ancestor_id AS ancestor_id,
        path.region_id AS region_id
    FROM region_closure AS path
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
        AND ({parts/in_scope path.region_id})
),

visited AS (
    SELECT
        visit.terminal_id AS terminal_id,
        COUNT(*) AS visits
    FROM visit AS visit
    WHERE visit.start_at >= $start
        AND visit.start_at < $until
    GROUP BY visit.terminal_id
),

planned AS (
    SELECT
        stop.terminal_id AS terminal_id,
        COUNT(*) AS visits
    FROM ({parts/planned_stop}) AS stop
    WHERE stop.day >= $start
        AND stop.day < $until
    GROUP BY stop.terminal_id
),

shops AS (
    SELECT
        terminal.region_id AS region_id,
        visited.visits AS visits,
        planned.visits AS planned,
        COALESCE(terminal.status, '') NOT IN ('closed', 'blank') AS is_customer,
        COALESCE(terminal.grade, '') = 'A' AND account.best_rival IS NOT NULL AS is_known_a,
        account.best_rival IS NOT NULL AS is_compared,
        COALESCE(account.own, 0) > account.best_rival AS is_first,
        account.own > 0
            AND account.best_rival > account.own
            AND account.best_rival < $k * account.own AS is_winnable
    FROM terminal AS terminal
    LEFT JOIN {accounts} AS account
        ON account.customer_id = terminal.terminal_id
    LEFT JOIN visited
        ON visited.terminal_id = terminal.terminal_id
    LEFT JOIN planned
        ON planned.terminal_id = terminal.terminal_id
    WHERE COALESCE(terminal.status, '') <> 'closed'
)

SELECT
    paths.ancestor_id AS region_id,
    CAST(COALESCE(SUM(shops.visits), 0) AS DOUBLE) AS effort,
    CAST(SUM(shops.planned) AS DOUBLE) AS visit_norm,
    CAST(SUM(CASE WHEN shops.is_customer THEN 1 ELSE 0 END) AS DOUBLE) AS active_customers,
    CAST(SUM(CASE WHEN shops.is_customer AND shops.visits IS NULL THEN 1 ELSE 0 END) AS DOUBLE)
        AS unvisited_customers,
    CAST(SUM(CASE WHEN shops.is_winnable THEN 1 ELSE 0 END) AS DOUBLE) AS winnable_terminals,
    CAST(SUM(CASE WHEN shops.is_winnable AND shops.visits IS NOT NULL THEN 1 ELSE 0 END) AS DOUBLE)
        AS winnable_visited,
    CAST(SUM(CASE WHEN shops.is_known_a THEN 1 ELSE 0 END) AS DOUBLE) AS a_customers,
    CAST(SUM(CASE WHEN shops.is_known_a AND shops.is_first THEN 1 ELSE 0 END) AS DOUBLE) AS a_customers_first,
    CAST(SUM(CASE WHEN shops.is_compared THEN 1 ELSE 0 END) AS DOUBLE) AS compared_terminals
FROM paths
INNER JOIN shops
    ON shops.region_id = paths.region_id
GROUP BY paths.ancestor_id
ORDER BY region_id NULLS LAST
