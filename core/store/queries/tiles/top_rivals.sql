-- The companies with the most sales in the terminals over a period; "others" is no rival.
SELECT w.company_id AS company_id
FROM (
    SELECT s.company_id AS company_id, SUM(s.amount) AS amount
    FROM terminal_sales AS s
    INNER JOIN company AS c ON c.company_id = s.company_id
    WHERE s.month BETWEEN $start AND $end
        AND NOT c.is_aggregate
        AND s.company_id <> $own
    GROUP BY s.company_id
) AS w
ORDER BY w.amount DESC NULLS LAST, w.company_id ASC NULLS LAST
LIMIT 5
