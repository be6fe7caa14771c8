-- Which region of a level each region lies in, or is.
SELECT
    closure.region_id AS region_id,
    above.region_id AS unit_id,
    above.name AS unit
FROM region_closure AS closure
INNER JOIN region AS above
    ON above.region_id = closure.ancestor_id
WHERE above.level = $level
ORDER BY closure.region_id NULLS LAST
