-- What the shops sold of a company's products in two months, where the quantity is recorded.
SELECT
    sales.month AS month,
    sales.product_id AS product_id,
    product.uom AS uom,
    SUM(sales.quantity) AS quantity,
    CAST(SUM(sales.amount) AS DECIMAL(18, 2)) AS amount
FROM terminal_sales AS sales
INNER JOIN terminal AS terminal
    ON terminal.terminal_id = sales.terminal_id
LEFT JOIN product AS product
    ON product.product_id = sales.product_id
WHERE sales.company_id = $company
    AND sales.month IN ($month, $previous)
    AND sales.product_id IS NOT NULL
    AND sales.quantity IS NOT NULL
    AND ($category IS NULL OR product.category = $category)
    AND ($region IS NULL OR terminal.region_id IN (
        SELECT path.region_id FROM region_closure AS path WHERE path.ancestor_id = $region
    ))
    AND ({parts/in_scope terminal.region_id})
GROUP BY
    sales.month,
    sales.product_id,
    product.uom
HAVING SUM(sales.quantity) > 0
ORDER BY
    sales.month ASC NULLS LAST,
    sales.product_id ASC NULLS LAST
