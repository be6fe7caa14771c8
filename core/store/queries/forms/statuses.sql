-- The state of each record of a form that is approved; none where it was never moved.
WITH latest AS (
    SELECT
        event.customer_type AS customer_type,
        event.customer_id AS customer_id,
        event.record_id AS record_id,
        MAX(event.step) AS step
    FROM form_event AS event
    WHERE event.form = $form
    GROUP BY
        event.customer_type,
        event.customer_id,
        event.record_id
)

SELECT
    f.customer_type AS customer_type,
    f.customer_id AS customer_id,
    f.record_id AS record_id,
    event.to_status AS status
FROM customer_form AS f
LEFT JOIN latest
    ON latest.customer_type = f.customer_type
    AND latest.customer_id = f.customer_id
    AND latest.record_id = f.record_id
LEFT JOIN form_event AS event
    ON event.form = f.form
    AND event.customer_type = f.customer_type
    AND event.customer_id = f.customer_id
    AND event.record_id = f.record_id
    AND event.step = latest.step
WHERE f.form = $form
    AND ({parts/form_in_scope})
ORDER BY f.customer_type ASC NULLS LAST, f.customer_id ASC NULLS LAST, f.record_id ASC NULLS LAST
