-- The words the log uses for purposes and results, the most frequent first.
SELECT
    w.kind AS kind,
    w.word AS word
FROM (
    SELECT 'purpose' AS kind, v.purpose AS word, COUNT(*) AS uses
    FROM visit AS v WHERE v.purpose IS NOT NULL GROUP BY v.purpose
    UNION ALL
    SELECT 'result' AS kind, v.result AS word, COUNT(*) AS uses
    FROM visit AS v WHERE v.result IS NOT NULL GROUP BY v.result
) AS w
WHERE LENGTH(w.word) BETWEEN 1 AND 30
ORDER BY w.kind ASC NULLS LAST, w.uses DESC NULLS LAST, w.word ASC NULLS LAST
