-- All records of one form.
SELECT
    f.customer_type AS customer_type,
    f.customer_id AS customer_id,
    f.record_id AS record_id,
    f.payload AS payload,
    f.version AS version,
    f.updated_at AS updated_at,
    f.updated_by AS updated_by
FROM customer_form AS f
WHERE f.form = $form
    AND ({parts/form_in_scope})
ORDER BY f.customer_type ASC NULLS LAST, f.customer_id ASC NULLS LAST, f.record_id ASC NULLS LAST
