-- Dealers as customers: what grading and labels look at besides sales. segment is the tier.
SELECT
    d.dealer_id AS customer_id,
    d.name AS name,
    d.tier AS segment,
    d.region_id AS region_id,
    r.name AS region,
    r.name_en AS region_en,
    d.owner_employee_id AS owner,
    d.payment_days AS payment_days,
    d.attitude AS attitude,
    d.capability AS capability
FROM dealer AS d
LEFT JOIN region AS r ON r.region_id = d.region_id
WHERE ({parts/in_scope d.region_id})
ORDER BY d.dealer_id ASC NULLS LAST
