-- What happened to tasks, the latest first.
WITH placed AS ({parts/task_places})

SELECT
    v.task_id AS task_id,
    v.version AS version,
    v.happened_at AS happened_at,
    v.actor AS actor,
    v.action AS action,
    v.state_before AS state_before,
    v.state_after AS state_after,
    v.reason AS reason,
    v.before AS before,
    v.after AS after
FROM task_event AS v
INNER JOIN placed AS p ON p.task_id = v.task_id
WHERE v.task_id = $task
    AND ({parts/in_scope p.place_id})
ORDER BY v.version DESC NULLS LAST
