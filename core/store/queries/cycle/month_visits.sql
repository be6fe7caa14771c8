-- Visits to the shops of a region in a month: what the plans in force asked for, what was done, in how
-- many shops, and what was done a year before. Missing where no plan or no visit of anybody falls into the month.
WITH places AS (
    SELECT terminal.terminal_id AS terminal_id
    FROM terminal AS terminal
    WHERE ($region IS NULL OR terminal.region_id IN (
        SELECT path.region_id FROM region_closure AS path WHERE path.ancestor_id = $region
    ))
    AND ({parts/in_scope terminal.region_id})
),

stops AS (
    SELECT DISTINCT
        stop.employee_id AS employee_id,
        stop.terminal_id AS terminal_id,
        stop.day AS day
    FROM ({parts/planned_stop}) AS stop
    WHERE stop.day >= $month
        AND stop.day < $end_day
),

visits AS (
    SELECT
        visit.terminal_id AS terminal_id,
        visit.start_at >= $month AS is_now
    FROM visit AS visit
    WHERE (visit.start_at >= $month AND visit.start_at < $end_day)
        OR (visit.start_at >= $previous AND visit.start_at < $previous_end_day)
)

SELECT
    CASE WHEN EXISTS (SELECT 1 FROM stops)
        THEN (SELECT COUNT(*) FROM stops INNER JOIN places ON places.terminal_id = stops.terminal_id)
    END AS planned,
    CASE WHEN EXISTS (SELECT 1 FROM visits WHERE visits.is_now)
        THEN (SELECT COUNT(*) FROM visits INNER JOIN places ON places.terminal_id = visits.terminal_id
            WHERE visits.is_now)
    END AS done,
    CASE WHEN EXISTS (SELECT 1 FROM visits WHERE visits.is_now)
        THEN (SELECT COUNT(DISTINCT visits.terminal_id)
            FROM visits INNER JOIN places ON places.terminal_id = visits.terminal_id
            WHERE visits.is_now)
    END AS shops,
    CASE WHEN EXISTS (SELECT 1 FROM visits WHERE NOT visits.is_now)
        THEN (SELECT COUNT(*) FROM visits INNER JOIN places ON places.terminal_id = visits.terminal_id
            WHERE NOT visits.is_now)
    END AS done_previous
