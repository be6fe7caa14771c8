-- How many shops that aren't closed lie in each of some regions.
SELECT
    path.ancestor_id AS region_id,
    CAST(COUNT(*) AS DOUBLE) AS shops
FROM terminal AS terminal
INNER JOIN region_closure AS path
    ON path.region_id = terminal.region_id
WHERE COALESCE(terminal.status, 'listed') <> 'closed'
    AND path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope terminal.region_id})
GROUP BY path.ancestor_id
ORDER BY path.ancestor_id NULLS LAST
