-- How many terminals lie in each zoom-16 cell: which tiles are empty, which hold few.
SELECT l.cell >> 16 AS cell, COUNT(*) AS terminals
FROM {lens} AS l
GROUP BY l.cell >> 16
ORDER BY l.cell >> 16 ASC NULLS LAST
