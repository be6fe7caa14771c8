-- Tasks of a finding that nobody signed or dropped, the latest first.
WITH placed AS ({parts/task_places})

SELECT
    k.task_id AS task_id
FROM task AS k
INNER JOIN placed AS p ON p.task_id = k.task_id
WHERE k.finding_kind = $kind
    AND k.finding_key = $key
    AND k.state IN ('open', 'doing', 'done')
    AND ({parts/in_scope p.place_id})
ORDER BY k.created_at DESC NULLS LAST, k.task_id ASC NULLS LAST
