-- What the shops of each rep or dealer sold of a company's single products, by region.
SELECT
    product.category AS category,
    sales.product_id AS product_id,
    path.ancestor_id AS region_id,
    CASE
        WHEN $owner = 'employee' THEN COALESCE(terminal.employee_id, '')
        WHEN $owner = 'dealer' THEN COALESCE(terminal.dealer_id, '')
        ELSE ''
    END AS owner_id,
    CAST(SUM(sales.amount) AS DOUBLE) AS amount
FROM terminal_sales AS sales
INNER JOIN product AS product
    ON product.product_id = sales.product_id
INNER JOIN terminal AS terminal
    ON terminal.terminal_id = sales.terminal_id
INNER JOIN region_closure AS path
    ON path.region_id = terminal.region_id
WHERE sales.company_id = $company
    AND sales.month BETWEEN $start AND $end
    AND product.category IS NOT NULL
    AND path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope path.ancestor_id})
GROUP BY
    product.category,
    sales.product_id,
    path.ancestor_id,
    CASE
        WHEN $owner = 'employee' THEN COALESCE(terminal.employee_id, '')
        WHEN $owner = 'dealer' THEN COALESCE(terminal.dealer_id, '')
        ELSE ''
    END
ORDER BY
    category NULLS LAST,
    product_id NULLS LAST,
    region_id NULLS LAST,
    owner_id NULLS LAST
