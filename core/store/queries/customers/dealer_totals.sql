-- The dealers of a list together: amounts in yuan; a terminal has one dealer, so that nothing counts twice.
SELECT
    COUNT(*) AS customers,
    ROUND(SUM(w.sell_in), 2) AS sell_in,
    ROUND(SUM(w.sell_in_previous), 2) AS sell_in_previous,
    CAST(SUM(w.terminals) AS BIGINT) AS terminals,
    ROUND(SUM(w.own), 2) AS own,
    ROUND(SUM(w.total), 2) AS total,
    MAX(w.last_visit) AS last_visit,
    COUNT(w.last_visit) AS visited,
    CAST(SUM(w.visits) AS BIGINT) AS visits,
    AVG(w.score) AS score,
    COUNT(*) - COUNT(w.owner_id) AS without_owner
FROM ({rows}) AS w
