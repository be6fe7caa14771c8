-- What each dealer took in by month, with the region of the level asked for that it lies in. A row without a
-- product is the dealer's total of the month; product rows make it only where there is no such row.
WITH months AS (
    SELECT
        sales.dealer_id AS dealer_id,
        sales.month AS month,
        SUM(CASE WHEN sales.product_id IS NULL THEN sales.sell_in_amount END) AS stated,
        SUM(CASE WHEN sales.product_id IS NOT NULL THEN sales.sell_in_amount END) AS summed
    FROM dealer_sales AS sales
    WHERE sales.month BETWEEN $start AND $end
    GROUP BY
        sales.dealer_id,
        sales.month
)

SELECT
    dealer.dealer_id AS dealer_id,
    dealer.name AS name,
    dealer.tier AS tier,
    path.ancestor_id AS region_id,
    months.month AS month,
    CAST(COALESCE(months.stated, months.summed) AS DOUBLE) AS amount
FROM dealer AS dealer
INNER JOIN region_closure AS path
    ON path.region_id = dealer.region_id
LEFT JOIN months
    ON months.dealer_id = dealer.dealer_id
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope path.ancestor_id})
ORDER BY
    dealer.dealer_id NULLS LAST,
    months.month NULLS LAST,
    path.ancestor_id NULLS LAST
