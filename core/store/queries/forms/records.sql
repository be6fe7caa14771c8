-- All records of one form and customer, the latest first.
SELECT
    f.record_id AS record_id,
    f.payload AS payload,
    f.version AS version,
    f.updated_at AS updated_at,
    f.updated_by AS updated_by
FROM customer_form AS f
WHERE f.form = $form
    AND f.customer_type = $customer_type
    AND f.customer_id = $customer_id
    AND ({parts/form_in_scope})
ORDER BY f.updated_at DESC NULLS LAST, f.record_id ASC NULLS LAST
