-- Shops with their mean sales a month in the spans before and while a promotion ran. A span is missing where any of
-- its months isn't recorded; a shop that reports products and leaves the promoted one out sold none of it. Shops
-- that had another promotion in these months are left out unless this one is theirs as well.
WITH promoted AS (
    SELECT
        listed.promotion_id AS promotion_id,
        listed.terminal_id AS terminal_id
    FROM promotion_shop AS listed
    UNION
    SELECT
        promotion.promotion_id AS promotion_id,
        terminal.terminal_id AS terminal_id
    FROM promotion AS promotion
    INNER JOIN region_closure AS path
        ON path.ancestor_id = promotion.region_id
    INNER JOIN terminal AS terminal
        ON terminal.region_id = path.region_id
    WHERE NOT EXISTS (
        SELECT 1
        FROM promotion_shop AS any_shop
        WHERE any_shop.promotion_id = promotion.promotion_id
    )
),

mine AS (
    SELECT promoted.terminal_id AS terminal_id
    FROM promoted
    WHERE promoted.promotion_id = $promotion
),

others AS (
    SELECT DISTINCT promoted.terminal_id AS terminal_id
    FROM promoted
    INNER JOIN promotion AS promotion
        ON promotion.promotion_id = promoted.promotion_id
    WHERE promoted.promotion_id <> $promotion
        AND promotion.start_on < $end_day
        AND promotion.end_on >= $early
),

monthly AS (
    SELECT
        sold.terminal_id AS terminal_id,
        sold.month AS month,
        CASE
            WHEN $product IS NULL THEN
                COALESCE(SUM(CASE WHEN sold.product_id IS NULL THEN sold.amount END), SUM(sold.amount))
            WHEN COUNT(sold.product_id) > 0 THEN
                COALESCE(SUM(CASE WHEN sold.product_id = $product THEN sold.amount END), 0)
        END AS amount
    FROM terminal_sales AS sold
    WHERE sold.company_id = $company
        AND sold.month >= $early
        AND sold.month < $end_day
    GROUP BY
        sold.terminal_id,
        sold.month
),

spans AS (
    SELECT
        monthly.terminal_id AS terminal_id,
        SUM(CASE WHEN monthly.month < $before THEN monthly.amount END) AS early,
        COUNT(CASE WHEN monthly.month < $before THEN monthly.amount END) AS early_months,
        SUM(CASE WHEN monthly.month >= $before AND monthly.month < $during THEN monthly.amount END) AS before,
        COUNT(CASE WHEN monthly.month >= $before AND monthly.month < $during THEN monthly.amount END)
            AS before_months,
        SUM(CASE WHEN monthly.month >= $during THEN monthly.amount END) AS during,
        COUNT(CASE WHEN monthly.month >= $during THEN monthly.amount END) AS during_months
    FROM monthly
    GROUP BY monthly.terminal_id
)

SELECT
    terminal.terminal_id AS terminal_id,
    mine.terminal_id IS NOT NULL AS is_promoted,
    others.terminal_id IS NOT NULL AS has_another,
    terminal.region_id AS region_id,
    region.parent_id AS parent_id,
    terminal.outlet_type AS outlet_type,
    terminal.grade AS grade,
    unit.region_id AS unit_id,
    CASE WHEN spans.early_months = $months_before THEN CAST(spans.early AS DOUBLE) / $months_before END AS early,
    CASE WHEN spans.before_months = $months_before THEN CAST(spans.before AS DOUBLE) / $months_before END AS before,
    CASE WHEN spans.during_months = $months THEN CAST(spans.during AS DOUBLE) / $months END AS during
FROM terminal AS terminal
LEFT JOIN spans
    ON spans.terminal_id = terminal.terminal_id
LEFT JOIN mine
    ON mine.terminal_id = terminal.terminal_id
LEFT JOIN others
    ON others.terminal_id = terminal.terminal_id
LEFT JOIN region AS region
    ON region.region_id = terminal.region_id
LEFT JOIN region_closure AS above
    ON above.region_id = terminal.region_id
    AND above.ancestor_id IN (SELECT higher.region_id FROM region AS higher WHERE higher.level = $level)
LEFT JOIN region AS unit
    ON unit.region_id = above.ancestor_id
WHERE (mine.terminal_id IS NOT NULL OR (spans.terminal_id IS NOT NULL AND others.terminal_id IS NULL))
    AND ({parts/in_scope terminal.region_id})
ORDER BY terminal.terminal_id NULLS LAST
