-- What there are figures of: months and companies by market.
SELECT
    figures.market_key AS market_key,
    figures.company_id AS company_id,
    MIN(figures.month) AS first_month,
    MAX(figures.month) AS last_month,
    CAST(SUM(figures.amount) AS DOUBLE) AS amount
FROM region_month_figure AS figures
WHERE {parts/in_scope figures.region_id}
GROUP BY
    figures.market_key,
    figures.company_id
ORDER BY
    figures.market_key NULLS LAST,
    figures.company_id NULLS LAST
