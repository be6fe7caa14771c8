-- Dealers with names, owner, what we deliver to them and what their terminals sell (yuan).
-- A dealer's month is its row without a product where there is one, else the sum of its product rows.
WITH served AS (
    SELECT
        t.dealer_id AS dealer_id,
        COUNT(*) AS terminals,
        SUM(f.own) AS own,
        SUM(f.total) AS total,
        MAX(f.last_visit) AS last_visit,
        SUM(f.visits) AS visits,
        AVG(f.score) AS score
    FROM terminal AS t
    LEFT JOIN {figures} AS f ON f.terminal_id = t.terminal_id
    WHERE t.dealer_id IS NOT NULL
    GROUP BY t.dealer_id
),
monthly AS (
    SELECT
        s.dealer_id AS dealer_id,
        s.month AS month,
        COALESCE(
            SUM(CASE WHEN s.product_id IS NULL THEN s.sell_in_amount END), SUM(s.sell_in_amount)
        ) AS amount
    FROM dealer_sales AS s
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
        AND ($category IS NULL OR p.category = $category)
    GROUP BY s.dealer_id, s.month
),
delivered AS (
    SELECT
        m.dealer_id AS dealer_id,
        CAST(SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.amount END) AS DOUBLE) AS sell_in,
        CAST(SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.amount END) AS DOUBLE)
            AS sell_in_previous
    FROM monthly AS m
    GROUP BY m.dealer_id
)
SELECT
    t.dealer_id AS customer_id,
    t.name AS name,
    t.region_id AS region_id,
    r.name AS region,
    r.name_en AS region_en,
    t.tier AS tier,
    t.level AS level,
    p.name AS parent,
    t.owner_employee_id AS owner_id,
    e.name AS owner,
    t.backup_employee_id AS backup_id,
    b.name AS backup,
    t.attitude AS attitude,
    t.capability AS capability,
    x.sell_in AS sell_in,
    x.sell_in_previous AS sell_in_previous,
    CASE WHEN x.sell_in_previous > 0 THEN COALESCE(x.sell_in, 0) / x.sell_in_previous - 1 END AS growth,
    COALESCE(s.terminals, 0) AS terminals,
    s.own / CAST(100 AS DOUBLE) AS own,
    s.total / CAST(100 AS DOUBLE) AS total,
    CASE WHEN s.total > 0 THEN COALESCE(s.own, 0) / CAST(s.total AS DOUBLE) END AS share,
    s.last_visit AS last_visit,
    s.visits AS visits,
    s.score AS score
FROM dealer AS t
LEFT JOIN served AS s ON s.dealer_id = t.dealer_id
LEFT JOIN delivered AS x ON x.dealer_id = t.dealer_id
LEFT JOIN region AS r ON r.region_id = t.region_id
LEFT JOIN dealer AS p ON p.dealer_id = t.parent_dealer_id
LEFT JOIN employee AS e ON e.employee_id = t.owner_employee_id
LEFT JOIN employee AS b ON b.employee_id = t.backup_employee_id
WHERE TRUE{conditions}
ORDER BY {order} {direction} NULLS LAST, t.dealer_id ASC NULLS LAST
