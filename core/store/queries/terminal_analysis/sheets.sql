-- All score sheets with one column per item, and the region of a level the terminal belongs to.
WITH places AS (
    SELECT c.region_id AS region_id, c.ancestor_id AS place_id
    FROM region_closure AS c
    INNER JOIN region AS r ON r.region_id = c.ancestor_id AND r.level = $level
),

sheets AS (
    SELECT
        i.sheet_id AS sheet_id,
        ANY_VALUE(i.terminal_id) AS terminal_id,
        ANY_VALUE(i.employee_id) AS employee_id,
        MAX(i.assessed_on) AS assessed_on,
        ANY_VALUE(i.assessor) AS assessor,
        CAST(COUNT(i.score) AS BIGINT) AS scored,
        MAX(CASE WHEN i.item_no = 1 THEN i.score END) AS item_1,
        MAX(CASE WHEN i.item_no = 2 THEN i.score END) AS item_2,
        MAX(CASE WHEN i.item_no = 3 THEN i.score END) AS item_3,
        MAX(CASE WHEN i.item_no = 4 THEN i.score END) AS item_4,
        MAX(CASE WHEN i.item_no = 5 THEN i.score END) AS item_5,
        MAX(CASE WHEN i.item_no = 6 THEN i.score END) AS item_6,
        MAX(CASE WHEN i.item_no = 7 THEN i.score END) AS item_7,
        MAX(CASE WHEN i.item_no = 8 THEN i.score END) AS item_8,
        MAX(CASE WHEN i.item_no = 9 THEN i.score END) AS item_9,
        MAX(CASE WHEN i.item_no = 10 THEN i.score END) AS item_10
    FROM score_item AS i
    GROUP BY i.sheet_id
)

SELECT
    s.*,
    t.name AS name,
    e.name AS employee,
    e.role AS role,
    p.place_id AS place_id,
    g.name AS place,
    g.name_en AS place_en
FROM sheets AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
LEFT JOIN employee AS e ON e.employee_id = s.employee_id
LEFT JOIN places AS p ON p.region_id = t.region_id
LEFT JOIN region AS g ON g.region_id = p.place_id
WHERE ({parts/in_scope t.region_id})
    AND s.assessed_on <= $until
ORDER BY s.assessed_on DESC NULLS LAST, s.sheet_id ASC NULLS LAST
