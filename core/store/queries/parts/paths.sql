-- The regions asked for, each with itself and all below it, as far as the user may see.
SELECT
    path.ancestor_id AS ancestor_id,
    path.region_id AS region_id,
    path.distance AS distance
FROM region_closure AS path
WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope path.ancestor_id})
