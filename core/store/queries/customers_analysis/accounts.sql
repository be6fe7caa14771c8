-- What is sold in the shops of each customer by everybody: the customer's demand. A customer is a shop, or the
-- dealer that supplies it. The total of a shop, company and month is its row without a product where there is
-- one, else the sum of its products; the margin comes from the product rows alone.
WITH shops AS (
    SELECT
        t.terminal_id AS terminal_id,
        CASE WHEN $kind = 'dealer' THEN t.dealer_id ELSE t.terminal_id END AS customer_id
    FROM terminal AS t
    WHERE ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
),

months AS (
    SELECT
        h.customer_id AS customer_id,
        s.terminal_id AS terminal_id,
        s.company_id AS company_id,
        s.month AS month,
        SUM(CASE WHEN s.product_id IS NULL THEN s.amount END) AS stated,
        SUM(CASE WHEN s.product_id IS NOT NULL THEN s.amount END) AS summed,
        SUM(CASE WHEN p.unit_margin_rate IS NOT NULL THEN s.amount END) AS margin_amount,
        SUM(s.amount * p.unit_margin_rate) AS margin
    FROM terminal_sales AS s
    INNER JOIN shops AS h ON h.terminal_id = s.terminal_id
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
        AND ($category IS NULL OR p.category = $category)
        AND h.customer_id IS NOT NULL
    GROUP BY h.customer_id, s.terminal_id, s.company_id, s.month
),

companies AS (
    SELECT
        m.customer_id AS customer_id,
        m.company_id AS company_id,
        m.month BETWEEN $start AND $end AS is_current,
        SUM(COALESCE(m.stated, m.summed)) AS amount,
        SUM(m.margin_amount) AS margin_amount,
        SUM(m.margin) AS margin,
        COUNT(DISTINCT CASE WHEN COALESCE(m.stated, m.summed) > 0 THEN m.month END) AS months_active
    FROM months AS m
    GROUP BY m.customer_id, m.company_id, m.month BETWEEN $start AND $end
)

SELECT
    x.customer_id AS customer_id,
    CAST(SUM(CASE WHEN x.is_current THEN x.amount END) AS DOUBLE) AS demand,
    CAST(SUM(CASE WHEN NOT x.is_current THEN x.amount END) AS DOUBLE) AS demand_previous,
    CAST(SUM(CASE WHEN x.is_current AND x.company_id = $own THEN x.amount END) AS DOUBLE) AS own,
    CAST(SUM(CASE WHEN NOT x.is_current AND x.company_id = $own THEN x.amount END) AS DOUBLE) AS own_previous,
    CAST(MAX(CASE WHEN x.is_current AND x.company_id <> $own AND NOT COALESCE(k.is_aggregate, FALSE) THEN x.amount END) AS DOUBLE) AS best_rival,
    CAST(MAX(CASE WHEN NOT x.is_current AND x.company_id <> $own AND NOT COALESCE(k.is_aggregate, FALSE) THEN x.amount END) AS DOUBLE) AS best_rival_previous,
    CAST(SUM(CASE WHEN x.is_current AND x.company_id = $own THEN x.margin_amount END) AS DOUBLE) AS margin_amount,
    CAST(SUM(CASE WHEN x.is_current AND x.company_id = $own THEN x.margin END) AS DOUBLE) AS margin,
    CAST(SUM(CASE WHEN NOT x.is_current AND x.company_id = $own THEN x.margin END) AS DOUBLE) AS margin_previous,
    CAST(MAX(CASE WHEN x.is_current AND x.company_id = $own THEN x.months_active END) AS BIGINT) AS months_active
FROM companies AS x
LEFT JOIN company AS k ON k.company_id = x.company_id
GROUP BY x.customer_id
ORDER BY x.customer_id ASC NULLS LAST
