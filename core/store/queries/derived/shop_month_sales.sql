-- One figure per shop, company and month: the total, or the sum of the product rows where there is none; with the
-- margin of the product rows in whole fen, as the figures of customers hold it. What is stated twice can't be
-- summed: stated counts the rows of the total.
WITH facts AS NOT MATERIALIZED (
    SELECT
        sales.month AS month,
        sales.terminal_id AS terminal_id,
        sales.company_id AS company_id,
        sales.product_id AS product_id,
        sales.amount AS amount
    FROM terminal_sales AS sales
    WHERE $months IS NULL
        OR sales.month IN (SELECT UNNEST(CAST($months AS DATE[])))
)

SELECT
    facts.month AS month,
    terminal.region_id AS region_id,
    facts.terminal_id AS terminal_id,
    facts.company_id AS company_id,
    CAST(COALESCE(
        SUM(CASE WHEN facts.product_id IS NULL THEN facts.amount END),
        SUM(facts.amount)
    ) AS DECIMAL(18, 2)) AS amount,
    CAST(SUM(CASE WHEN product.unit_margin_rate IS NOT NULL THEN facts.amount * 100 END) AS BIGINT) AS margin_amount,
    SUM(CAST(facts.amount * 100 AS BIGINT) * CAST(product.unit_margin_rate AS DOUBLE)) AS margin,
    CAST(COUNT(CASE WHEN facts.product_id IS NULL THEN 1 END) AS BIGINT) AS stated,
    CAST(COUNT(*) AS BIGINT) AS lines
FROM facts
LEFT JOIN product AS product
    ON product.product_id = facts.product_id
LEFT JOIN terminal AS terminal
    ON terminal.terminal_id = facts.terminal_id
GROUP BY
    facts.month,
    terminal.region_id,
    facts.terminal_id,
    facts.company_id
ORDER BY
    facts.month NULLS LAST,
    terminal.region_id NULLS LAST,
    facts.terminal_id NULLS LAST,
    facts.company_id NULLS LAST
