-- Our sales of products whose margin rate is known in the shops of a promotion, and their margin. Shops are those
-- it names, or all of its region.
SELECT
    CAST(SUM(sold.amount) AS DOUBLE) AS amount,
    SUM(CAST(sold.amount AS DOUBLE) * product.unit_margin_rate) AS margin
FROM terminal_sales AS sold
INNER JOIN product AS product
    ON product.product_id = sold.product_id
INNER JOIN terminal AS terminal
    ON terminal.terminal_id = sold.terminal_id
WHERE sold.company_id = $company
    AND sold.month >= $during
    AND sold.month < $end_day
    AND product.unit_margin_rate IS NOT NULL
    AND (
        terminal.terminal_id IN (
            SELECT listed.terminal_id FROM promotion_shop AS listed WHERE listed.promotion_id = $promotion
        )
        OR ($named = 0 AND terminal.region_id IN (
            SELECT path.region_id FROM region_closure AS path WHERE path.ancestor_id = $region
        ))
    )
    AND ({parts/in_scope terminal.region_id})
