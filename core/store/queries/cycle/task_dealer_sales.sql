-- What we sold to dealers by month after one; a month without a row isn't known.
SELECT
    d.dealer_id AS customer_id,
    s.month AS month,
    CAST(SUM(s.sell_in_amount) AS DOUBLE) AS amount
FROM dealer_sales AS s
INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
WHERE s.month > $after
    AND d.dealer_id IN (SELECT UNNEST(CAST($dealers AS VARCHAR[])))
    AND ({parts/in_scope d.region_id})
GROUP BY d.dealer_id, s.month
ORDER BY customer_id NULLS LAST, month NULLS LAST
