-- The budgets of one kind of expense recorded for the regions of a level themselves, and those regions.
SELECT
    region.region_id AS region_id,
    region.name AS name,
    region.name_en AS name_en,
    expense_budget.month AS month,
    expense_budget.amount AS amount
FROM region AS region
LEFT JOIN expense_budget AS expense_budget
    ON expense_budget.region_id = region.region_id
    AND expense_budget.kind = $kind
    AND expense_budget.month BETWEEN $start AND $end
WHERE region.level = $level
    AND (
        $within IS NULL
        OR region.region_id IN (
            SELECT path.region_id FROM region_closure AS path WHERE path.ancestor_id = $within
        )
    )
    AND (
        $scope IS NULL
        OR region.region_id IN (
            SELECT closure.region_id
            FROM region_closure AS closure
            WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
    )
ORDER BY
    region.region_id NULLS LAST,
    expense_budget.month NULLS LAST
