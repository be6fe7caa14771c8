-- The cells of one far tile that regions at most restrict: one row per cell and region, added up by the reader.
SELECT
    l.cell >> $shift AS cell,
    {sums}
FROM {source} AS l
WHERE l.zoom = $zoom
    AND l.cell BETWEEN $first_cell AND $last_cell{restriction}
