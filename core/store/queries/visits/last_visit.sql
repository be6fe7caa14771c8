-- The last day with a visit; empty when there is none.
SELECT CAST(MAX(v.start_at) AS DATE) AS last_day
FROM visit AS v
WHERE $scope IS NULL
    OR v.terminal_id IN (
        SELECT t.terminal_id
        FROM terminal AS t
        WHERE ({parts/in_scope t.region_id}))
