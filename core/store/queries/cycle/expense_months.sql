-- Budget and expenses of each region and of everything together ('*') by month and kind, in fen. The tops are
-- the regions of which none lies in another: what everything together is.
WITH paths AS ({parts/shown_paths}),

booked AS (
    SELECT
        expense.region_id AS region_id,
        expense.month AS month,
        expense.kind AS kind,
        CAST(NULL AS DECIMAL(18,2)) AS budget,
        expense.amount AS actual
    FROM expense AS expense
    WHERE expense.month BETWEEN $start AND $end
    UNION ALL
    SELECT
        expense_budget.region_id AS region_id,
        expense_budget.month AS month,
        expense_budget.kind AS kind,
        expense_budget.amount AS budget,
        CAST(NULL AS DECIMAL(18,2)) AS actual
    FROM expense_budget AS expense_budget
    WHERE expense_budget.month BETWEEN $start AND $end
)

SELECT
    paths.shown_id AS region_id,
    booked.month AS month,
    booked.kind AS kind,
    CAST(SUM(booked.budget) * 100 AS DOUBLE) AS budget,
    CAST(SUM(booked.actual) * 100 AS DOUBLE) AS actual
FROM booked
INNER JOIN paths
    ON paths.region_id = booked.region_id
WHERE {parts/in_scope booked.region_id}
GROUP BY
    paths.shown_id,
    booked.month,
    booked.kind
ORDER BY
    region_id NULLS LAST,
    month NULLS LAST,
    kind NULLS LAST
