-- What happened to tasks, the latest first.
WITH placed AS (
    SELECT
        k.task_id AS task_id,
        COALESCE(t.region_id, d.region_id, k.region_id) AS place_id
    FROM task AS k
    LEFT JOIN terminal AS t ON k.customer_type = 'terminal' AND t.terminal_id = k.customer_id
    LEFT JOIN dealer AS d ON k.customer_type = 'dealer' AND d.dealer_id = k.customer_id
)

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
    AND ($scope IS NULL OR p.place_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY v.version DESC NULLS LAST
