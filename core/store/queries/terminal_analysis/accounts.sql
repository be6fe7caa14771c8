-- Dealers or terminals with region, owner, own sales of a period, and the last order and visit up to a day. An
-- order of a dealer is a month with sell-in (its last day), of a terminal a visit with an amount ordered; visits
-- of dealers are not logged, so their call-backs count elsewhere.
WITH months AS (
    SELECT
        s.dealer_id AS customer_id,
        s.month AS month,
        COALESCE(
            SUM(CASE WHEN s.product_id IS NULL THEN s.sell_in_amount END), SUM(s.sell_in_amount)
        ) AS amount
    FROM dealer_sales AS s
    WHERE $kind = 'dealer' AND s.month <= $until
    GROUP BY s.dealer_id, s.month
),

bought AS (
    SELECT
        m.customer_id AS customer_id,
        SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.amount END) AS sales,
        MAX(CASE WHEN m.amount > 0 THEN LAST_DAY(m.month) END) AS last_order
    FROM months AS m
    GROUP BY m.customer_id
),

shop_months AS (
    SELECT
        s.terminal_id AS customer_id,
        s.month AS month,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS amount
    FROM terminal_sales AS s
    WHERE $kind = 'terminal' AND s.company_id = $own AND s.month BETWEEN $start AND $end
        AND s.terminal_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))
    GROUP BY s.terminal_id, s.month
),

sold AS (SELECT m.customer_id AS customer_id, SUM(m.amount) AS sales FROM shop_months AS m GROUP BY m.customer_id),

seen AS (
    SELECT
        v.terminal_id AS customer_id,
        MAX(CASE WHEN v.order_amount > 0 THEN CAST(v.start_at AS DATE) END) AS last_order,
        MAX(CAST(v.start_at AS DATE)) AS last_visit
    FROM visit AS v
    WHERE $kind = 'terminal' AND v.start_at < CAST($until AS DATE) + INTERVAL 1 DAY
        AND v.terminal_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))
    GROUP BY v.terminal_id
),

customers AS (
    SELECT
        d.dealer_id AS customer_id,
        d.name AS name,
        d.region_id AS region_id,
        d.owner_employee_id AS owner_id,
        d.tier AS tier
    FROM dealer AS d
    WHERE $kind = 'dealer'
    UNION ALL
    SELECT
        t.terminal_id AS customer_id,
        t.name AS name,
        t.region_id AS region_id,
        t.employee_id AS owner_id,
        NULL AS tier
    FROM terminal AS t
    WHERE $kind = 'terminal' AND t.terminal_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))
)

SELECT
    c.customer_id AS customer_id,
    c.name AS name,
    r.name AS place,
    r.name_en AS place_en,
    e.name AS owner,
    CAST(COALESCE(b.sales, s.sales) AS DOUBLE) AS sales,
    COALESCE(b.last_order, v.last_order) AS last_order,
    v.last_visit AS last_visit
FROM customers AS c
LEFT JOIN region AS r ON r.region_id = c.region_id
LEFT JOIN employee AS e ON e.employee_id = c.owner_id
LEFT JOIN bought AS b ON b.customer_id = c.customer_id
LEFT JOIN sold AS s ON s.customer_id = c.customer_id
LEFT JOIN seen AS v ON v.customer_id = c.customer_id
WHERE (c.tier = 'large' OR c.customer_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[]))))
    AND ({parts/in_scope c.region_id})
ORDER BY COALESCE(b.sales, s.sales) DESC NULLS LAST, c.customer_id ASC NULLS LAST
