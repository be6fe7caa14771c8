-- Terminal sales summed to the terminal's own region. A row without a product is the company's total in
-- that shop and month; product rows are its break-down and make the total only where there is no such row.
WITH facts AS NOT MATERIALIZED (
    SELECT
        sales.month AS month,
        sales.terminal_id AS terminal_id,
        sales.company_id AS company_id,
        sales.product_id AS product_id,
        sales.amount AS amount,
        sales.quantity AS quantity
    FROM terminal_sales AS sales
    WHERE $months IS NULL
        OR sales.month IN (SELECT UNNEST(CAST($months AS DATE[])))
),

-- What a shop sold of a company's category, from its product rows.
categories AS NOT MATERIALIZED (
    SELECT
        facts.month AS month,
        facts.terminal_id AS terminal_id,
        facts.company_id AS company_id,
        product.category AS category,
        SUM(facts.amount) AS amount,
        SUM(facts.quantity) AS quantity
    FROM facts
    LEFT JOIN product AS product
        ON product.product_id = facts.product_id
    WHERE facts.product_id IS NOT NULL
    GROUP BY
        facts.month,
        facts.terminal_id,
        facts.company_id,
        product.category
),

totals AS (
    SELECT
        facts.month AS month,
        facts.terminal_id AS terminal_id,
        facts.company_id AS company_id,
        facts.amount AS amount,
        facts.quantity AS quantity
    FROM facts
    WHERE facts.product_id IS NULL
    UNION ALL
    SELECT
        categories.month AS month,
        categories.terminal_id AS terminal_id,
        categories.company_id AS company_id,
        SUM(categories.amount) AS amount,
        SUM(categories.quantity) AS quantity
    FROM categories
    WHERE NOT EXISTS (
        SELECT 1
        FROM facts AS stated
        WHERE stated.product_id IS NULL
            AND stated.month = categories.month
            AND stated.terminal_id = categories.terminal_id
            AND stated.company_id = categories.company_id
    )
    GROUP BY
        categories.month,
        categories.terminal_id,
        categories.company_id
)

SELECT
    totals.month AS month,
    terminal.region_id AS region_id,
    totals.company_id AS company_id,
    CAST(NULL AS VARCHAR) AS category,
    TRUE AS is_total,
    CAST(SUM(totals.amount) AS DECIMAL(18, 2)) AS amount,
    SUM(totals.quantity) AS quantity,
    COUNT(*) AS terminals
FROM totals
LEFT JOIN terminal AS terminal
    ON terminal.terminal_id = totals.terminal_id
GROUP BY
    totals.month,
    terminal.region_id,
    totals.company_id
UNION ALL
SELECT
    categories.month AS month,
    terminal.region_id AS region_id,
    categories.company_id AS company_id,
    categories.category AS category,
    FALSE AS is_total,
    CAST(SUM(categories.amount) AS DECIMAL(18, 2)) AS amount,
    SUM(categories.quantity) AS quantity,
    COUNT(*) AS terminals
FROM categories
LEFT JOIN terminal AS terminal
    ON terminal.terminal_id = categories.terminal_id
GROUP BY
    categories.month,
    terminal.region_id,
    categories.company_id,
    categories.category
