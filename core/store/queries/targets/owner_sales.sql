-- What the shops of each rep or dealer sold of a company's goods, by region and category. With categories the
-- product rows count; without, a shop's total of the month, and its product rows where it states no total.
WITH facts AS (
    SELECT
        sales.month AS month,
        sales.terminal_id AS terminal_id,
        sales.product_id AS product_id,
        sales.amount AS amount
    FROM terminal_sales AS sales
    WHERE sales.company_id = $company
        AND sales.month BETWEEN $start AND $end
),

counted AS (
    SELECT
        facts.terminal_id AS terminal_id,
        CASE WHEN $by_category THEN product.category END AS category,
        SUM(facts.amount) AS amount
    FROM facts
    LEFT JOIN product AS product
        ON product.product_id = facts.product_id
    WHERE (
        $by_category
        AND facts.product_id IS NOT NULL
    )
        OR (
            NOT $by_category
            AND (
                facts.product_id IS NULL
                OR NOT EXISTS (
                    SELECT 1
                    FROM facts AS stated
                    WHERE stated.product_id IS NULL
                        AND stated.month = facts.month
                        AND stated.terminal_id = facts.terminal_id
                )
            )
        )
    GROUP BY
        facts.terminal_id,
        CASE WHEN $by_category THEN product.category END
)

SELECT
    path.ancestor_id AS region_id,
    counted.category AS category,
    CASE WHEN $owner = 'employee' THEN terminal.employee_id ELSE terminal.dealer_id END AS owner_id,
    CAST(SUM(counted.amount) AS DOUBLE) AS amount
FROM counted
INNER JOIN terminal AS terminal
    ON terminal.terminal_id = counted.terminal_id
INNER JOIN region_closure AS path
    ON path.region_id = terminal.region_id
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope path.ancestor_id})
GROUP BY
    path.ancestor_id,
    counted.category,
    CASE WHEN $owner = 'employee' THEN terminal.employee_id ELSE terminal.dealer_id END
ORDER BY
    region_id NULLS LAST,
    category NULLS LAST,
    owner_id NULLS LAST
