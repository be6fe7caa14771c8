-- The sums of a lens by region and cell of one zoom, made from the next nearer zoom. A cell stands at its
-- first zoom-24 cell, so that a tile is one range of them.
INSERT INTO {lens}_sums
SELECT
    CAST($zoom AS TINYINT) AS zoom,
    (l.cell >> $shift) << $shift AS cell,
    l.region_id AS region_id,
    {sums}
FROM {source} AS l
GROUP BY (l.cell >> $shift) << $shift, l.region_id
ORDER BY (l.cell >> $shift) << $shift
