-- Whether the region of a column is the one looked into or lies in it: all are where none is looked into.
$within IS NULL
OR {column} IN (SELECT inside.region_id FROM region_closure AS inside WHERE inside.ancestor_id = $within)
