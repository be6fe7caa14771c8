-- The latest value of a factor recorded for each region up to a month.
WITH ranked AS (
    SELECT
        factor.region_id AS region_id,
        factor.value AS value,
        ROW_NUMBER() OVER (
            PARTITION BY factor.region_id
            ORDER BY factor.month DESC NULLS LAST
        ) AS number
    FROM region_factor AS factor
    WHERE factor.factor = $factor
        AND factor.month <= $until
        AND ({parts/in_scope factor.region_id})
)

SELECT
    ranked.region_id AS region_id,
    ranked.value AS value
FROM ranked
WHERE ranked.number = 1
ORDER BY ranked.region_id NULLS LAST
