-- Dealers' sales by product in a period, with the product's margin rate; months without product rows count in
-- no product. days: of the months in which the dealer reported any product's sell-out.
WITH reported AS (
    SELECT
        m.dealer_id AS dealer_id,
        SUM(date_diff('day', m.month, CAST(m.month + INTERVAL 1 MONTH AS DATE))) AS days
    FROM (
        SELECT DISTINCT
            x.dealer_id AS dealer_id,
            x.month AS month
        FROM dealer_sales AS x
        WHERE x.product_id IS NOT NULL
            AND x.sell_out_amount IS NOT NULL
            AND x.month BETWEEN $start AND $end
    ) AS m
    GROUP BY m.dealer_id
)

SELECT
    s.dealer_id AS dealer_id,
    s.product_id AS product_id,
    ANY_VALUE(p.name) AS product,
    ANY_VALUE(p.category) AS category,
    ANY_VALUE(p.unit_margin_rate) AS margin_rate,
    ANY_VALUE(p.price_tier) AS price_tier,
    CAST(SUM(s.sell_in_amount) AS DOUBLE) AS sell_in,
    CAST(SUM(s.sell_out_amount) AS DOUBLE) AS sell_out,
    SUM(s.quantity) AS quantity,
    ANY_VALUE(reported.days) AS days
FROM dealer_sales AS s
INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
LEFT JOIN product AS p ON p.product_id = s.product_id
LEFT JOIN reported ON reported.dealer_id = s.dealer_id
WHERE s.product_id IS NOT NULL
    AND s.month BETWEEN $start AND $end
    AND ($dealer IS NULL OR s.dealer_id = $dealer)
    AND ({parts/in_scope d.region_id})
GROUP BY s.dealer_id, s.product_id
ORDER BY s.dealer_id ASC NULLS LAST, s.product_id ASC NULLS LAST
