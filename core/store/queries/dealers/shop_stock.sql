-- What each shop had in stock at its latest count, product by product, beside what it sold of our products in a
-- period. days: of the months in which any of our products was recorded in the shop.
WITH latest AS (
    SELECT
        i.customer_id AS terminal_id,
        MAX(i.as_of) AS counted_on
    FROM inventory AS i
    WHERE i.customer_type = 'terminal'
        AND i.as_of <= $until
    GROUP BY i.customer_id
),

sold AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.product_id AS product_id,
        SUM(s.amount) AS amount
    FROM terminal_sales AS s
    WHERE s.company_id = $own
        AND s.product_id IS NOT NULL
        AND s.month BETWEEN $start AND $end
        AND s.terminal_id IN (SELECT latest.terminal_id FROM latest)
    GROUP BY s.terminal_id, s.product_id
),

reported AS (
    SELECT
        m.terminal_id AS terminal_id,
        SUM(date_diff('day', m.month, CAST(m.month + INTERVAL 1 MONTH AS DATE))) AS days
    FROM (
        SELECT DISTINCT
            s.terminal_id AS terminal_id,
            s.month AS month
        FROM terminal_sales AS s
        WHERE s.company_id = $own
            AND s.product_id IS NOT NULL
            AND s.month BETWEEN $start AND $end
            AND s.terminal_id IN (SELECT latest.terminal_id FROM latest)
    ) AS m
    GROUP BY m.terminal_id
)

SELECT
    t.terminal_id AS terminal_id,
    t.name AS name,
    r.name AS region,
    r.name_en AS region_en,
    p.name AS product,
    i.as_of AS counted_on,
    CAST(i.amount AS DOUBLE) AS stock,
    CAST(CASE WHEN reported.days IS NOT NULL THEN COALESCE(sold.amount, 0) END AS DOUBLE) AS sell_out,
    CAST(reported.days AS DOUBLE) AS days
FROM inventory AS i
INNER JOIN latest ON latest.terminal_id = i.customer_id AND latest.counted_on = i.as_of
INNER JOIN terminal AS t ON t.terminal_id = i.customer_id
LEFT JOIN region AS r ON r.region_id = t.region_id
LEFT JOIN product AS p ON p.product_id = i.product_id
LEFT JOIN sold ON sold.terminal_id = i.customer_id AND sold.product_id = i.product_id
LEFT JOIN reported ON reported.terminal_id = i.customer_id
WHERE i.customer_type = 'terminal'
    AND ({parts/in_scope t.region_id})
ORDER BY t.terminal_id ASC NULLS LAST, i.product_id ASC NULLS LAST
