-- Of a company's products sold in the shops of some regions: amount, and the margin of those whose rate is known.
-- Rows in a region sum what lies at or below it; the row without a region sums all shops in the scope.
WITH sold AS (
    SELECT
        terminal.region_id AS region_id,
        CAST(SUM(sales.amount) AS DOUBLE) AS amount,
        SUM(CAST(sales.amount AS DOUBLE) * CAST(product.unit_margin_rate AS DOUBLE)) AS margin
    FROM terminal_sales AS sales
    INNER JOIN product AS product
        ON product.product_id = sales.product_id
        AND product.unit_margin_rate IS NOT NULL
    INNER JOIN terminal AS terminal
        ON terminal.terminal_id = sales.terminal_id
    WHERE sales.company_id = $company
        AND sales.month BETWEEN $start AND $end
        AND ($category IS NULL OR product.category = $category)
        AND ({parts/in_scope terminal.region_id})
    GROUP BY terminal.region_id
),

placed AS (
    SELECT
        path.ancestor_id AS region_id,
        SUM(sold.amount) AS amount,
        SUM(sold.margin) AS margin
    FROM sold
    INNER JOIN region_closure AS path
        ON path.region_id = sold.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    GROUP BY path.ancestor_id
    UNION ALL
    SELECT
        CAST(NULL AS VARCHAR) AS region_id,
        SUM(sold.amount) AS amount,
        SUM(sold.margin) AS margin
    FROM sold
)

SELECT
    placed.region_id AS region_id,
    placed.amount AS amount,
    placed.margin AS margin
FROM placed
ORDER BY placed.region_id NULLS LAST
