-- The last day on which a shop was visited; empty where it never was.
SELECT CAST(MAX(v.start_at) AS DATE) AS last_day
FROM visit AS v
WHERE v.terminal_id = $terminal
