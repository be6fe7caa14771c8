-- Promotions that ran in some months, with how many shops they name and how many of those the user may see. One
-- that names none ran in all shops of its region.
WITH visible AS (
    SELECT terminal.terminal_id AS terminal_id
    FROM terminal AS terminal
    WHERE {parts/in_scope terminal.region_id}
),

named AS (
    SELECT
        listed.promotion_id AS promotion_id,
        COUNT(*) AS shops,
        COUNT(visible.terminal_id) AS seen
    FROM promotion_shop AS listed
    LEFT JOIN visible
        ON visible.terminal_id = listed.terminal_id
    GROUP BY listed.promotion_id
)

SELECT
    promotion.promotion_id AS promotion_id,
    promotion.name AS name,
    promotion.region_id AS region_id,
    region.name AS region,
    region.name_en AS region_en,
    region.level AS level,
    promotion.product_id AS product_id,
    product.name AS product,
    CAST(product.unit_margin_rate AS DOUBLE) AS product_margin,
    promotion.start_on AS start_on,
    promotion.end_on AS end_on,
    CAST(promotion.cost AS DOUBLE) AS cost,
    CAST(COALESCE(named.shops, 0) AS BIGINT) AS shops,
    CAST(COALESCE(named.seen, 0) AS BIGINT) AS seen
FROM promotion AS promotion
LEFT JOIN named
    ON named.promotion_id = promotion.promotion_id
LEFT JOIN region AS region
    ON region.region_id = promotion.region_id
LEFT JOIN product AS product
    ON product.product_id = promotion.product_id
WHERE promotion.start_on <= $last_day
    AND promotion.end_on >= $first_day
    AND (
        $scope IS NULL
        OR named.seen > 0
        OR (
            named.shops IS NULL
            AND promotion.region_id IN (
                SELECT closure.region_id
                FROM region_closure AS closure
                WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
            )
        )
    )
ORDER BY
    start_on DESC NULLS LAST,
    promotion_id NULLS LAST
