-- What each company sold in a shop in a month: its total, or the sum of its products. The conditions follow.
SELECT
    s.terminal_id AS terminal_id,
    s.company_id AS company_id,
    s.month AS month,
    COALESCE(
        SUM(CASE WHEN s.product_id IS NULL THEN s.amount END),
        SUM(CASE WHEN s.product_id IS NOT NULL THEN s.amount END)
    ) AS amount
FROM terminal_sales AS s
WHERE s.month BETWEEN $first_month AND $last_month
