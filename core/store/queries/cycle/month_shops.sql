-- What the shops that aren't closed sold in a month and a year before, in fen: everybody, everybody in the shops
-- that carry us, and we. A shop where more was taken back than sold says nothing, in the period where it was so.
WITH shops AS (
    SELECT
        account.own AS own,
        account.demand AS demand,
        account.own_previous AS own_previous,
        account.demand_previous AS demand_previous
    FROM {accounts} AS account
    INNER JOIN terminal AS terminal
        ON terminal.terminal_id = account.customer_id
    WHERE COALESCE(terminal.status, '') <> 'closed'
        AND ($region IS NULL OR terminal.region_id IN (
            SELECT path.region_id FROM region_closure AS path WHERE path.ancestor_id = $region
        ))
        AND ({parts/in_scope terminal.region_id})
),

periods AS (
    SELECT
        'now' AS period,
        shops.own AS own,
        shops.demand AS demand
    FROM shops
    UNION ALL
    SELECT
        'previous' AS period,
        shops.own_previous AS own,
        shops.demand_previous AS demand
    FROM shops
)

SELECT
    periods.period AS period,
    CAST(SUM(periods.demand) AS BIGINT) AS category,
    CAST(COALESCE(SUM(CASE WHEN periods.own > 0 THEN periods.demand END), 0) AS BIGINT) AS carried,
    CAST(COALESCE(SUM(CASE WHEN periods.own > 0 THEN periods.own END), 0) AS BIGINT) AS own
FROM periods
WHERE periods.demand >= 0
    AND COALESCE(periods.own, 0) <= periods.demand
GROUP BY periods.period
ORDER BY periods.period ASC NULLS LAST
