-- What was delivered to the dealers at or below each region with expenses.
WITH charged AS (
    SELECT DISTINCT x.region_id AS region_id
    FROM expense AS x
    WHERE x.month BETWEEN $start AND $end
),

monthly AS (
    SELECT
        s.dealer_id AS dealer_id,
        s.month AS month,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.sell_in_amount END), SUM(s.sell_in_amount)) AS sell_in
    FROM dealer_sales AS s
    WHERE s.month BETWEEN $start AND $end
    GROUP BY s.dealer_id, s.month
)

SELECT
    charged.region_id AS region_id,
    ANY_VALUE(r.name) AS name,
    ANY_VALUE(r.name_en) AS name_en,
    CAST(SUM(monthly.sell_in) AS DOUBLE) AS sales
FROM charged
INNER JOIN region AS r ON r.region_id = charged.region_id
LEFT JOIN region_closure AS k ON k.ancestor_id = charged.region_id
LEFT JOIN dealer AS d ON d.region_id = k.region_id
LEFT JOIN monthly ON monthly.dealer_id = d.dealer_id
WHERE ($scope IS NULL OR charged.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY charged.region_id
ORDER BY charged.region_id ASC NULLS LAST
