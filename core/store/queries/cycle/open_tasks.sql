-- Tasks of a finding that nobody signed or dropped, the latest first.
WITH placed AS (
    SELECT
        k.task_id AS task_id,
        COALESCE(t.region_id, d.region_id, k.region_id) AS place_id
    FROM task AS k
    LEFT JOIN terminal AS t ON k.customer_type = 'terminal' AND t.terminal_id = k.customer_id
    LEFT JOIN dealer AS d ON k.customer_type = 'dealer' AND d.dealer_id = k.customer_id
)

SELECT
    k.task_id AS task_id
FROM task AS k
INNER JOIN placed AS p ON p.task_id = k.task_id
WHERE k.finding_kind = $kind
    AND k.finding_key = $key
    AND k.state IN ('open', 'doing', 'done')
    AND ($scope IS NULL OR p.place_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY k.created_at DESC NULLS LAST, k.task_id ASC NULLS LAST
