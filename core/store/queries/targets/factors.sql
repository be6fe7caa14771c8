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
        AND (
            $scope IS NULL
            OR factor.region_id IN (
                SELECT closure.region_id
                FROM region_closure AS closure
                WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
            )
        )
)

SELECT
    ranked.region_id AS region_id,
    ranked.value AS value
FROM ranked
WHERE ranked.number = 1
ORDER BY ranked.region_id NULLS LAST
