-- The saved selections, the latest first, with how many of their terminals the user may see.
SELECT
    s.selection_id AS selection_id,
    ANY_VALUE(s.name) AS name,
    MIN(s.created_at) AS created_at,
    ANY_VALUE(s.actor) AS actor,
    COUNT(*) AS terminals
FROM terminal_selection AS s
LEFT JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE ($scope IS NULL OR t.region_id IN (
    SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
GROUP BY s.selection_id
ORDER BY MIN(s.created_at) DESC NULLS LAST, s.selection_id ASC NULLS LAST
