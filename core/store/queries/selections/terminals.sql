-- The terminals of a selection that are still in the store, with who serves them.
SELECT
    s.terminal_id AS terminal_id,
    t.name AS name,
    t.region_id AS region_id,
    t.employee_id AS employee_id
FROM terminal_selection AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE s.selection_id = $selection
    AND ({parts/in_scope t.region_id})
ORDER BY s.terminal_id ASC NULLS LAST
