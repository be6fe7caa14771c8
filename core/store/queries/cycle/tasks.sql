-- Tasks with the names of what they belong to. A customer's task lies where the customer lies now; one without
-- any region is seen by those who see everything.
WITH placed AS (
    SELECT
        k.task_id AS task_id,
        COALESCE(t.region_id, d.region_id, k.region_id) AS place_id,
        COALESCE(t.name, d.name) AS customer
    FROM task AS k
    LEFT JOIN terminal AS t ON k.customer_type = 'terminal' AND t.terminal_id = k.customer_id
    LEFT JOIN dealer AS d ON k.customer_type = 'dealer' AND d.dealer_id = k.customer_id
)

SELECT
    k.task_id AS task_id,
    k.title AS title,
    k.due AS due,
    k.finding_kind AS finding_kind,
    k.finding_key AS finding_key,
    k.finding_sentence AS finding_sentence,
    k.finding_page AS finding_page,
    k.finding_query AS finding_query,
    k.region_id AS region_id,
    k.customer_type AS customer_type,
    k.customer_id AS customer_id,
    k.owner_id AS owner_id,
    k.measure AS measure,
    k.target AS target,
    k.baseline AS baseline,
    k.baseline_day AS baseline_day,
    k.measure_parameters AS measure_parameters,
    k.note AS note,
    k.parent_id AS parent_id,
    k.state AS state,
    k.version AS version,
    k.created_at AS created_at,
    k.created_by AS created_by,
    k.updated_at AS updated_at,
    k.updated_by AS updated_by,
    k.closed_on AS closed_on,
    k.signed_by AS signed_by,
    k.signed_verdict AS signed_verdict,
    k.signed_value AS signed_value,
    p.place_id AS place_id,
    p.customer AS customer,
    r.name AS region,
    r.name_en AS region_en,
    r.level AS region_level,
    e.name AS owner,
    e.manager_id AS manager_id,
    m.name AS manager
FROM task AS k
INNER JOIN placed AS p ON p.task_id = k.task_id
LEFT JOIN region AS r ON r.region_id = p.place_id
LEFT JOIN employee AS e ON e.employee_id = k.owner_id
LEFT JOIN employee AS m ON m.employee_id = e.manager_id
WHERE ({parts/in_scope p.place_id})
    AND ({parts/within p.place_id})
    AND ($task IS NULL OR k.task_id = $task)
ORDER BY k.due ASC NULLS LAST, k.created_at ASC NULLS LAST, k.task_id ASC NULLS LAST
