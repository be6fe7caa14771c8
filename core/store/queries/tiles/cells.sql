-- The cells of one tile: a range of the lens, or of its sums for far views, grouped by the cell's own key.
SELECT
    l.cell >> $shift AS cell,
    {sums}
FROM {source} AS l
WHERE l.cell BETWEEN $first_cell AND $last_cell{restriction}
GROUP BY l.cell >> $shift
