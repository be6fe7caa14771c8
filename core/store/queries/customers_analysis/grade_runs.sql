-- Every grading that was kept, the latest first, with how many customers have each grade.
SELECT
    n.run_id AS run_id,
    n.owner AS owner,
    n.template_version AS template_version,
    n.scope AS scope,
    n.start_month AS start_month,
    n.end_month AS end_month,
    n.graded_at AS graded_at,
    n.actor AS actor,
    COUNT(r.customer_id) AS customers,
    COUNT(CASE WHEN r.grade = 'A' THEN 1 END) AS grade_a,
    COUNT(CASE WHEN r.grade = 'B' THEN 1 END) AS grade_b,
    COUNT(CASE WHEN r.grade = 'C' THEN 1 END) AS grade_c
FROM grade_run AS n
LEFT JOIN grade_result AS r ON r.run_id = n.run_id
WHERE n.customer_type = $kind
GROUP BY
    n.run_id,
    n.owner,
    n.template_version,
    n.scope,
    n.start_month,
    n.end_month,
    n.graded_at,
    n.actor
ORDER BY n.graded_at DESC NULLS LAST, n.run_id DESC NULLS LAST
