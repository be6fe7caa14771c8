-- One dealer with the names of what it belongs to.
SELECT
    'dealer' AS customer_type,
    d.dealer_id AS customer_id,
    d.name AS name,
    d.region_id AS region_id,
    r.name AS region,
    r.name_en AS region_en,
    d.tier AS tier,
    d.level AS level,
    d.parent_dealer_id AS parent_dealer_id,
    p.name AS parent,
    d.attitude AS attitude,
    d.capability AS capability,
    d.accepts_training AS accepts_training,
    d.owner_employee_id AS owner_id,
    o.name AS owner,
    o.role AS owner_role,
    d.backup_employee_id AS backup_id,
    b.name AS backup,
    CAST(d.credit_limit AS DOUBLE) AS credit_limit,
    d.payment_days AS payment_days,
    d.lat AS lat,
    d.lon AS lon
FROM dealer AS d
LEFT JOIN region AS r ON r.region_id = d.region_id
LEFT JOIN dealer AS p ON p.dealer_id = d.parent_dealer_id
LEFT JOIN employee AS o ON o.employee_id = d.owner_employee_id
LEFT JOIN employee AS b ON b.employee_id = d.backup_employee_id
WHERE d.dealer_id = $customer
    AND ({parts/in_scope d.region_id})
