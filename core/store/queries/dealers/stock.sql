-- What each dealer had in stock at its latest count, product by product.
WITH latest AS (
    SELECT
        i.customer_id AS dealer_id,
        MAX(i.as_of) AS counted_on
    FROM inventory AS i
    WHERE i.customer_type = 'dealer'
        AND i.as_of <= $until
    GROUP BY i.customer_id
)

SELECT
    i.customer_id AS dealer_id,
    i.product_id AS product_id,
    p.name AS product,
    p.category AS category,
    i.as_of AS counted_on,
    i.quantity AS quantity,
    CAST(i.amount AS DOUBLE) AS stock
FROM inventory AS i
INNER JOIN latest ON latest.dealer_id = i.customer_id AND latest.counted_on = i.as_of
INNER JOIN dealer AS d ON d.dealer_id = i.customer_id
LEFT JOIN product AS p ON p.product_id = i.product_id
WHERE i.customer_type = 'dealer'
    AND ($dealer IS NULL OR i.customer_id = $dealer)
    AND ({parts/in_scope d.region_id})
ORDER BY i.customer_id ASC NULLS LAST, i.product_id ASC NULLS LAST
