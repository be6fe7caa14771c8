-- The regions asked for like parts/paths, and the rows of no region for whoever may see the whole market.
{parts/paths}
UNION ALL
SELECT
    CAST(NULL AS VARCHAR) AS ancestor_id,
    '' AS region_id,
    0 AS distance
WHERE $scope IS NULL
