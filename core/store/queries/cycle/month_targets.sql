-- What each plan of a year asks of some regions and what lies in them, month by month, and of everything together
-- ('*'); of one category where one is asked for, and then nothing of a plan without categories.
WITH cells AS (
    SELECT
        cell.plan_id AS plan_id,
        cell.region_id AS region_id,
        cell.month AS month,
        SUM(cell.amount) AS amount
    FROM target_cell AS cell
    INNER JOIN target_plan AS plan
        ON plan.plan_id = cell.plan_id
        AND plan.year = $year
    WHERE ($category IS NULL OR cell.category = $category)
        AND ({parts/in_scope cell.region_id})
    GROUP BY
        cell.plan_id,
        cell.region_id,
        cell.month
),

placed AS (
    SELECT
        cells.plan_id AS plan_id,
        path.ancestor_id AS region_id,
        cells.month AS month,
        cells.amount AS amount
    FROM cells
    INNER JOIN region_closure AS path
        ON path.region_id = cells.region_id
    WHERE path.ancestor_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))
    UNION ALL
    SELECT
        cells.plan_id AS plan_id,
        '*' AS region_id,
        cells.month AS month,
        cells.amount AS amount
    FROM cells
)

SELECT
    placed.plan_id AS plan_id,
    placed.region_id AS region_id,
    placed.month AS month,
    CAST(SUM(placed.amount) AS DECIMAL(18, 2)) AS amount
FROM placed
GROUP BY
    placed.plan_id,
    placed.region_id,
    placed.month
ORDER BY
    placed.plan_id ASC NULLS LAST,
    placed.region_id ASC NULLS LAST,
    placed.month ASC NULLS LAST
