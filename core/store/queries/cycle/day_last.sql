-- The last day handed in; where none was, the last day with a visit.
SELECT
    COALESCE(
        (SELECT MAX(r.day) FROM day_report AS r),
        (SELECT CAST(MAX(v.start_at) AS DATE) FROM visit AS v)
    ) AS day
