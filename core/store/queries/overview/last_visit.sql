-- The last recorded visit up to a moment, in what the user may see; empty when there is none.
SELECT MAX(visit.start_at) AS last_visit
FROM visit AS visit
WHERE visit.start_at < $until
    AND (
        $scope IS NULL
        OR EXISTS (
            SELECT 1
            FROM terminal AS terminal
            INNER JOIN region_closure AS closure
                ON closure.region_id = terminal.region_id
            WHERE terminal.terminal_id = visit.terminal_id
                AND closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))
        )
    )
