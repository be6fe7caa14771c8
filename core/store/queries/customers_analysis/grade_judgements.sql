-- What somebody said about the typed elements of a scale; option_no 0 is the best option.
SELECT
    j.customer_id AS customer_id,
    j.element AS element,
    j.option_no AS option_no,
    j.updated_at AS updated_at,
    j.updated_by AS updated_by
FROM grade_judgement AS j
WHERE j.owner = $owner AND j.customer_type = $kind
ORDER BY j.customer_id ASC NULLS LAST, j.element ASC NULLS LAST
