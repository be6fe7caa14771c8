-- Who moved a record of a form from one state to the next, when and why; the latest first.
SELECT
    f.version AS version,
    f.happened_at AS happened_at,
    f.actor AS actor,
    f.from_status AS from_status,
    f.to_status AS to_status,
    f.reason AS reason
FROM form_event AS f
WHERE f.form = $form
    AND f.customer_type = $customer_type
    AND f.customer_id = $customer_id
    AND f.record_id = $record
    AND ({parts/form_in_scope})
ORDER BY f.step DESC NULLS LAST
