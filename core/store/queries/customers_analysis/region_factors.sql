-- The latest value of every factor recorded for each region up to a month.
WITH ranked AS (
    SELECT
        f.region_id AS region_id,
        f.factor AS factor,
        f.value AS value,
        ROW_NUMBER() OVER (PARTITION BY f.region_id, f.factor ORDER BY f.month DESC NULLS LAST) AS number
    FROM region_factor AS f
    WHERE f.month <= $until
        AND ({parts/in_scope f.region_id})
)

SELECT
    x.region_id AS region_id,
    x.factor AS factor,
    x.value AS value
FROM ranked AS x
WHERE x.number = 1
ORDER BY x.region_id ASC NULLS LAST, x.factor ASC NULLS LAST
