-- Advertising and promotion charged to some regions or to what lies in them in a period.
SELECT
    path.ancestor_id AS region_id,
    CAST(SUM(expense.amount) AS DOUBLE) AS amount
FROM expense AS expense
INNER JOIN region_closure AS path
    ON path.region_id = expense.region_id
WHERE expense.month BETWEEN $start AND $end
    AND expense.kind IN ('advertising', 'promotion')
    AND path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    AND ({parts/in_scope expense.region_id})
GROUP BY path.ancestor_id
ORDER BY path.ancestor_id NULLS LAST
