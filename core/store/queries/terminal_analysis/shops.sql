-- Every terminal that isn't closed, with what it sold of ours and of everybody in a period and a year before;
-- its region of a level, that region's parent, and the region right below it that the terminal belongs to.
-- The total of a shop, company and month is its row without a product where there is one, else its product rows.
WITH places AS (
    SELECT c.region_id AS region_id, c.ancestor_id AS place_id, c.distance AS distance, r.parent_id AS parent_id
    FROM region_closure AS c
    INNER JOIN region AS r ON r.region_id = c.ancestor_id AND r.level = $level
),

towns AS (
    SELECT p.region_id AS region_id, c.ancestor_id AS town_id
    FROM places AS p
    INNER JOIN region_closure AS c ON c.region_id = p.region_id AND c.distance = p.distance - 1
    WHERE p.distance >= 1
),

monthly AS (
    SELECT
        s.terminal_id AS terminal_id,
        s.company_id = $own AS is_own,
        s.month BETWEEN $start AND $end AS is_now,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS amount
    FROM terminal_sales AS s
    LEFT JOIN product AS p ON p.product_id = s.product_id
    WHERE (s.month BETWEEN $start AND $end OR s.month BETWEEN $previous_start AND $previous_end)
        AND ($category IS NULL OR p.category = $category)
    GROUP BY s.terminal_id, s.company_id, s.month
),

sold AS (
    SELECT
        m.terminal_id AS terminal_id,
        SUM(CASE WHEN m.is_now THEN m.amount END) AS category,
        SUM(CASE WHEN m.is_now AND m.is_own THEN m.amount END) AS own,
        SUM(CASE WHEN NOT m.is_now THEN m.amount END) AS category_previous,
        SUM(CASE WHEN NOT m.is_now AND m.is_own THEN m.amount END) AS own_previous
    FROM monthly AS m
    GROUP BY m.terminal_id
)

SELECT
    t.terminal_id AS terminal_id,
    t.name AS name,
    t.outlet_type AS outlet_type,
    t.grade AS grade,
    t.status AS status,
    p.place_id AS place_id,
    p.parent_id AS parent_id,
    w.town_id AS town_id,
    CAST(s.own AS DOUBLE) AS own,
    CAST(s.category AS DOUBLE) AS category,
    CAST(s.own_previous AS DOUBLE) AS own_previous,
    CAST(s.category_previous AS DOUBLE) AS category_previous
FROM terminal AS t
LEFT JOIN places AS p ON p.region_id = t.region_id
LEFT JOIN towns AS w ON w.region_id = t.region_id
LEFT JOIN sold AS s ON s.terminal_id = t.terminal_id
WHERE COALESCE(t.status, '') <> 'closed'
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY t.terminal_id ASC NULLS LAST
