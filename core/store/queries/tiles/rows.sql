-- The terminals of one near tile, each with the cell it counts in; the reader adds them up.
SELECT
    l.cell >> $shift AS cell,
    {sums}
FROM {source} AS l
WHERE l.cell BETWEEN $first_cell AND $last_cell{restriction}
