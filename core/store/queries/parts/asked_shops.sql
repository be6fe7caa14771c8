-- The shops asked for, as far as the user may see, with their regions.
SELECT
    t.terminal_id AS terminal_id,
    t.region_id AS region_id
FROM terminal AS t
WHERE t.terminal_id IN (SELECT UNNEST(CAST($terminals AS VARCHAR[])))
    AND ({parts/in_scope t.region_id})
