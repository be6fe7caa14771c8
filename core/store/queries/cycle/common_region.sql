-- The lowest region in which all given shops lie; nothing where there is none.
SELECT
    w.region_id AS region_id
FROM (
    SELECT
        c.ancestor_id AS region_id,
        COUNT(DISTINCT t.terminal_id) AS shops,
        SUM(c.distance) AS distance
    FROM terminal AS t
    INNER JOIN region_closure AS c ON c.region_id = t.region_id
    WHERE t.terminal_id IN (SELECT UNNEST(CAST($shops AS VARCHAR[])))
    GROUP BY c.ancestor_id
) AS w
WHERE w.shops = $count
ORDER BY w.distance ASC NULLS LAST, w.region_id ASC NULLS LAST
LIMIT 1
