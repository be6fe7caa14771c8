-- Every market with its definition; a market belongs to no region, so there is no scope to apply.
SELECT
    market.market_id AS market_id,
    market.name AS name,
    market.definition AS definition,
    market.category AS category
FROM market AS market
ORDER BY market.market_id NULLS LAST
