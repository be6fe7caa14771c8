-- Names of products.
SELECT
    product.product_id AS product_id,
    product.name AS name
FROM product AS product
ORDER BY product.product_id NULLS LAST
