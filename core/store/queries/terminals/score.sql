-- The latest ten-item score sheet of a terminal: sum of its items.
SELECT s.sheet_id AS sheet_id, MAX(s.assessed_on) AS assessed_on, SUM(s.score) AS score, COUNT(s.score) AS items
FROM score_item AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE s.terminal_id = $terminal
    AND ({parts/in_scope t.region_id})
GROUP BY s.sheet_id
ORDER BY MAX(s.assessed_on) DESC NULLS LAST, s.sheet_id ASC NULLS LAST
LIMIT 1
