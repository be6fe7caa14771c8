-- What was chosen for this store: one row per name.
SELECT
    s.name AS name,
    s.value AS value
FROM setting AS s
ORDER BY s.name NULLS LAST
