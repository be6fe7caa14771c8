-- Terminals with names, figures of the period (yuan) and owner.
SELECT
    t.terminal_id AS customer_id,
    {parts/shop_columns},
    t.dealer_id AS dealer_id,
    d.name AS dealer,
    t.employee_id AS owner_id,
    e.name AS owner,
    t.address AS address,
    t.area_m2 AS area_m2,
    f.own / CAST(100 AS DOUBLE) AS own,
    f.own_previous / CAST(100 AS DOUBLE) AS own_previous,
    f.total / CAST(100 AS DOUBLE) AS total,
    CASE WHEN f.total > 0 THEN COALESCE(f.own, 0) / CAST(f.total AS DOUBLE) END AS share,
    CASE WHEN f.own_previous > 0 THEN COALESCE(f.own, 0) / CAST(f.own_previous AS DOUBLE) - 1 END AS growth,
    f.last_visit AS last_visit,
    f.visits AS visits,
    f.score AS score
FROM terminal AS t
LEFT JOIN {figures} AS f ON f.terminal_id = t.terminal_id
LEFT JOIN region AS r ON r.region_id = t.region_id
LEFT JOIN dealer AS d ON d.dealer_id = t.dealer_id
LEFT JOIN employee AS e ON e.employee_id = t.employee_id
WHERE TRUE{conditions}
ORDER BY {order} {direction} NULLS LAST, t.terminal_id ASC NULLS LAST
