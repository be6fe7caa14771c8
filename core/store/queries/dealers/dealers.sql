-- Every dealer with whom it belongs to, who owns it, and what it supplies.
WITH supplied AS (
    SELECT
        t.dealer_id AS dealer_id,
        COUNT(*) AS terminals
    FROM terminal AS t
    WHERE t.dealer_id IS NOT NULL
        AND COALESCE(t.status, '') NOT IN ('blank', 'closed')
    GROUP BY t.dealer_id
),

below AS (
    SELECT
        s.parent_dealer_id AS dealer_id,
        COUNT(*) AS sub_dealers
    FROM dealer AS s
    WHERE s.parent_dealer_id IS NOT NULL
    GROUP BY s.parent_dealer_id
),

served AS (
    SELECT
        a.dealer_id AS dealer_id,
        COUNT(DISTINCT a.region_id) AS regions
    FROM dealer_region AS a
    WHERE a.to_month IS NULL OR a.to_month >= $end
    GROUP BY a.dealer_id
)

SELECT
    d.dealer_id AS dealer_id,
    d.name AS name,
    d.tier AS tier,
    d.level AS level,
    d.region_id AS region_id,
    r.name AS region,
    r.name_en AS region_en,
    r.level AS region_level,
    d.parent_dealer_id AS parent_id,
    p.name AS parent,
    d.attitude AS attitude,
    d.capability AS capability,
    d.accepts_training AS accepts_training,
    d.owner_employee_id AS owner_id,
    o.employee_id IS NOT NULL AS owner_known,
    o.name AS owner,
    o.role AS owner_role,
    o.active AS owner_active,
    d.backup_employee_id AS backup_id,
    b.employee_id IS NOT NULL AS backup_known,
    b.name AS backup,
    b.active AS backup_active,
    CAST(d.credit_limit AS DOUBLE) AS credit_limit,
    d.payment_days AS payment_days,
    COALESCE(supplied.terminals, 0) AS terminals,
    COALESCE(below.sub_dealers, 0) AS sub_dealers,
    COALESCE(served.regions, 0) AS regions
FROM dealer AS d
LEFT JOIN region AS r ON r.region_id = d.region_id
LEFT JOIN dealer AS p ON p.dealer_id = d.parent_dealer_id
LEFT JOIN employee AS o ON o.employee_id = d.owner_employee_id
LEFT JOIN employee AS b ON b.employee_id = d.backup_employee_id
LEFT JOIN supplied ON supplied.dealer_id = d.dealer_id
LEFT JOIN below ON below.dealer_id = d.dealer_id
LEFT JOIN served ON served.dealer_id = d.dealer_id
WHERE ({parts/in_scope d.region_id})
ORDER BY d.dealer_id ASC NULLS LAST
