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
    AND ({parts/within region.region_id})
    AND ({parts/in_scope region.region_id})
ORDER BY
    region.region_id NULLS LAST,
    expense_budget.month NULLS LAST
