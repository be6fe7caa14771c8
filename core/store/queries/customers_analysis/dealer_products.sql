-- What each dealer bought by product, in the period and in the same months a year earlier. A row without a
-- product is the dealer's total of the month: what its products don't explain has no product_id, so that the
-- rows add up to the dealer's sales. With a category only its products count.
WITH facts AS (
    SELECT
        s.dealer_id AS dealer_id,
        s.product_id AS product_id,
        s.month AS month,
        s.sell_in_amount AS amount
    FROM dealer_sales AS s
    INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
        AND s.sell_in_amount IS NOT NULL
        AND ($category IS NULL OR p.category = $category)
        AND ({parts/in_scope d.region_id})
),

rest AS (
    SELECT
        f.dealer_id AS dealer_id,
        CAST(NULL AS VARCHAR) AS product_id,
        f.month AS month,
        SUM(CASE WHEN f.product_id IS NULL THEN f.amount ELSE -f.amount END) AS amount
    FROM facts AS f
    GROUP BY f.dealer_id, f.month
    HAVING COUNT(*) > COUNT(f.product_id)
),

parts AS (
    SELECT f.dealer_id AS dealer_id, f.product_id AS product_id, f.month AS month, f.amount AS amount
    FROM facts AS f
    WHERE f.product_id IS NOT NULL
    UNION ALL
    SELECT r.dealer_id AS dealer_id, r.product_id AS product_id, r.month AS month, r.amount AS amount
    FROM rest AS r
    WHERE r.amount <> 0
)

SELECT
    x.dealer_id AS customer_id,
    x.product_id AS product_id,
    CAST(SUM(CASE WHEN x.month BETWEEN $start AND $end THEN x.amount END) AS DOUBLE) AS amount,
    CAST(SUM(CASE WHEN x.month BETWEEN $previous_start AND $previous_end THEN x.amount END) AS DOUBLE) AS amount_previous,
    ANY_VALUE(p.unit_margin_rate) AS margin_rate
FROM parts AS x
LEFT JOIN product AS p ON p.product_id = x.product_id
GROUP BY x.dealer_id, x.product_id
ORDER BY x.dealer_id ASC NULLS LAST, x.product_id ASC NULLS LAST
