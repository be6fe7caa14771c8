-- What is sold in the shops of each customer by everybody: the customer's demand. The part named customer says
-- whose shop it is, a shop's own id or the dealer that supplies it. Amounts are whole fen, so that sums tie to
-- the last digit; the part named monthly takes one figure per shop, company and month. The margin comes from
-- our product rows alone.
WITH wanted AS ({parts/period_sales}),

monthly AS ({monthly}),

companies AS (
    SELECT
        {customer} AS customer_id,
        m.company_id AS company_id,
        SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen END) AS now,
        SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.fen END) AS before,
        COUNT(CASE WHEN m.month BETWEEN $start AND $end AND m.fen > 0 THEN 1 END) AS months
    FROM monthly AS m
    {shops}
    GROUP BY {customer}, m.company_id
),

sold AS (
    SELECT
        x.customer_id AS customer_id,
        SUM(x.now) AS demand,
        SUM(x.before) AS demand_previous,
        SUM(CASE WHEN x.company_id = $own THEN x.now END) AS own,
        SUM(CASE WHEN x.company_id = $own THEN x.before END) AS own_previous,
        MAX(CASE WHEN x.company_id <> $own AND NOT COALESCE(k.is_aggregate, FALSE) THEN x.now END) AS best_rival,
        MAX(CASE WHEN x.company_id <> $own AND NOT COALESCE(k.is_aggregate, FALSE) THEN x.before END)
            AS best_rival_previous,
        MAX(CASE WHEN x.company_id = $own AND x.now IS NOT NULL THEN x.months END) AS months_active
    FROM companies AS x
    LEFT JOIN company AS k ON k.company_id = x.company_id
    GROUP BY x.customer_id
),

margins AS (
    SELECT
        {customer} AS customer_id,
        SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen END) AS margin_amount,
        SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen * CAST(p.unit_margin_rate AS DOUBLE) END) AS margin,
        SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.fen * CAST(p.unit_margin_rate AS DOUBLE) END)
            AS margin_previous
    FROM wanted AS m
    INNER JOIN product AS p ON p.product_id = m.product_id AND p.unit_margin_rate IS NOT NULL
    {shops}
    WHERE m.company_id = $own
    GROUP BY {customer}
)

SELECT
    s.customer_id AS customer_id,
    CAST(s.demand AS BIGINT) AS demand,
    CAST(s.demand_previous AS BIGINT) AS demand_previous,
    CAST(s.own AS BIGINT) AS own,
    CAST(s.own_previous AS BIGINT) AS own_previous,
    CAST(s.best_rival AS BIGINT) AS best_rival,
    CAST(s.best_rival_previous AS BIGINT) AS best_rival_previous,
    CAST(g.margin_amount AS BIGINT) AS margin_amount,
    g.margin AS margin,
    g.margin_previous AS margin_previous,
    CAST(s.months_active AS BIGINT) AS months_active
FROM sold AS s
LEFT JOIN margins AS g ON g.customer_id = s.customer_id
WHERE s.customer_id IS NOT NULL
ORDER BY s.customer_id ASC NULLS LAST
