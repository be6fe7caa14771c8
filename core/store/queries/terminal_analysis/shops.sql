-- Every terminal that isn't closed, with what it sold of ours and of everybody in a period and a year before;
-- its region of a level, that region's parent, and the region right below it that the terminal belongs to.
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
    a.own / CAST(100 AS DOUBLE) AS own,
    a.demand / CAST(100 AS DOUBLE) AS category,
    a.own_previous / CAST(100 AS DOUBLE) AS own_previous,
    a.demand_previous / CAST(100 AS DOUBLE) AS category_previous
FROM terminal AS t
LEFT JOIN places AS p ON p.region_id = t.region_id
LEFT JOIN towns AS w ON w.region_id = t.region_id
LEFT JOIN {accounts} AS a ON a.customer_id = t.terminal_id
WHERE COALESCE(t.status, '') <> 'closed'
    AND ({parts/in_scope t.region_id})
ORDER BY t.terminal_id ASC NULLS LAST
