-- The last visit to each terminal up to a day, and how many in the 28 days that end with it, as the overview counts.
CREATE TABLE {lens}_visited AS
SELECT
    v.terminal_id AS terminal_id,
    CAST(MAX(v.start_at) AS DATE) AS last_visit,
    CAST(COUNT(CASE WHEN v.start_at >= CAST($as_of AS DATE) - INTERVAL 27 DAY THEN 1 END) AS BIGINT) AS visits
FROM visit AS v
WHERE v.start_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
GROUP BY v.terminal_id
