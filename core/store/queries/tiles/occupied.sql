-- How many terminals lie in each zoom-14 cell: which tiles are empty, which hold few.
SELECT l.cell >> 20 AS cell, COUNT(*) AS terminals
FROM {lens} AS l
GROUP BY l.cell >> 20
ORDER BY l.cell >> 20 ASC NULLS LAST
