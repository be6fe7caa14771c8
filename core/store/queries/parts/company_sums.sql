-- What each company sells in a shop a month, of the months in by_company.
SELECT
    b.terminal_id AS terminal_id,
    b.company_id AS company_id,
    CAST(SUM(b.amount) AS DOUBLE) / NULLIF(CAST($months AS DOUBLE), 0) AS amount
FROM by_company AS b
GROUP BY b.terminal_id, b.company_id
