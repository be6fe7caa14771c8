-- The items of all score sheets of one terminal, with the name of the rep assessed.
SELECT
    i.sheet_id AS sheet_id,
    i.item_no AS item_no,
    i.employee_id AS employee_id,
    e.name AS employee,
    e.role AS role,
    i.assessed_on AS assessed_on,
    i.assessor AS assessor,
    i.score AS score,
    i.note AS note
FROM score_item AS i
INNER JOIN terminal AS t ON t.terminal_id = i.terminal_id
LEFT JOIN employee AS e ON e.employee_id = i.employee_id
WHERE i.terminal_id = $terminal
    AND ({parts/in_scope t.region_id})
ORDER BY i.assessed_on DESC NULLS LAST, i.sheet_id ASC NULLS LAST, i.item_no ASC NULLS LAST
