-- Our products; those of nobody count as ours where no product names a company.
SELECT
    p.product_id AS product_id,
    p.name AS name,
    p.category AS category,
    p.price_tier AS price_tier,
    p.feature_tier AS feature_tier,
    p.unit_margin_rate AS margin_rate
FROM product AS p
WHERE (p.company_id = $own OR p.company_id IS NULL)
    AND ($category IS NULL OR p.category = $category)
ORDER BY p.product_id ASC NULLS LAST
