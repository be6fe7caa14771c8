-- The terminals of a list together: amounts in yuan.
SELECT
    COUNT(*) AS customers,
    SUM(f.own) / CAST(100 AS DOUBLE) AS own,
    SUM(f.own_previous) / CAST(100 AS DOUBLE) AS own_previous,
    SUM(f.total) / CAST(100 AS DOUBLE) AS total,
    MAX(f.last_visit) AS last_visit,
    COUNT(f.last_visit) AS visited,
    CAST(SUM(f.visits) AS BIGINT) AS visits,
    AVG(f.score) AS score,
    COUNT(*) - COUNT(t.employee_id) AS without_owner
FROM terminal AS t
LEFT JOIN {figures} AS f ON f.terminal_id = t.terminal_id
WHERE TRUE{conditions}
