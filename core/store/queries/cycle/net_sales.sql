-- What was delivered to the dealers at or below each region and of everything together ('*') by month, in fen.
-- A dealer's stated total of a month goes before the sum of its products; a dealer in no region counts in
-- everything together for whoever may see the whole market.
WITH paths AS (
    {parts/shown_paths}
    UNION ALL
    SELECT
        '*' AS shown_id,
        '' AS region_id
    WHERE $scope IS NULL
        AND $unplaced
),

monthly AS (
    SELECT
        sold.dealer_id AS dealer_id,
        sold.month AS month,
        COALESCE(SUM(CASE WHEN sold.product_id IS NULL THEN sold.sell_in_amount END), SUM(sold.sell_in_amount))
            AS sell_in
    FROM dealer_sales AS sold
    WHERE sold.month BETWEEN $start AND $end
    GROUP BY
        sold.dealer_id,
        sold.month
)

SELECT
    paths.shown_id AS region_id,
    monthly.month AS month,
    CAST(SUM(monthly.sell_in) * 100 AS DOUBLE) AS sales
FROM monthly
INNER JOIN dealer AS dealer
    ON dealer.dealer_id = monthly.dealer_id
INNER JOIN paths
    ON paths.region_id = COALESCE(dealer.region_id, '')
WHERE {parts/in_scope dealer.region_id}
GROUP BY
    paths.shown_id,
    monthly.month
ORDER BY
    region_id NULLS LAST,
    month NULLS LAST
