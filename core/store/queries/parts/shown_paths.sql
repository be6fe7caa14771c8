-- The regions listed, each with itself and all below it, and everything together ('*').
SELECT
    path.ancestor_id AS shown_id,
    path.region_id AS region_id
FROM region_closure AS path
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($listed AS VARCHAR[])))
UNION ALL
SELECT
    '*' AS shown_id,
    path.region_id AS region_id
FROM region_closure AS path
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($tops AS VARCHAR[])))
