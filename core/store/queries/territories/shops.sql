-- The terminals that aren't closed, with owner, place, kind, and sales of some months: ours and everybody's. Sales
-- are NULL where nothing is recorded.
WITH by_company AS (
    SELECT
        sales.terminal_id AS terminal_id,
        sales.company_id AS company_id,
        sales.month AS month,
        COALESCE(
            SUM(CASE WHEN sales.product_id IS NULL THEN sales.amount END),
            SUM(CASE WHEN sales.product_id IS NOT NULL THEN sales.amount END)
        ) AS amount
    FROM terminal_sales AS sales
    WHERE sales.month BETWEEN $start AND $end
    GROUP BY
        sales.terminal_id,
        sales.company_id,
        sales.month
),

sold AS (
    SELECT
        by_company.terminal_id AS terminal_id,
        CAST(SUM(CASE WHEN by_company.company_id = $own THEN by_company.amount END) AS DOUBLE) AS sales,
        CAST(SUM(by_company.amount) AS DOUBLE) AS potential
    FROM by_company
    GROUP BY by_company.terminal_id
)

SELECT
    terminal.terminal_id AS terminal_id,
    terminal.name AS name,
    terminal.region_id AS region_id,
    region.name AS region,
    region.urban_class AS urban_class,
    terminal.employee_id AS employee_id,
    terminal.grade AS grade,
    terminal.outlet_type AS outlet_type,
    COALESCE(terminal.status, 'listed') AS status,
    terminal.lat_wgs84 AS lat,
    terminal.lon_wgs84 AS lon,
    sold.sales AS sales,
    sold.potential AS potential
FROM terminal AS terminal
LEFT JOIN region AS region
    ON region.region_id = terminal.region_id
LEFT JOIN sold
    ON sold.terminal_id = terminal.terminal_id
WHERE COALESCE(terminal.status, 'listed') <> 'closed'
    AND ({parts/within terminal.region_id})
    AND ({parts/in_scope terminal.region_id})
ORDER BY terminal.terminal_id NULLS LAST
