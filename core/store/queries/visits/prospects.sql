-- The prospects of one rep: blank terminals and whoever ever was one, how far each is, and its version.
SELECT
    t.terminal_id AS terminal_id,
    p.possibility AS possibility,
    p.progress AS progress,
    p.source AS source,
    COALESCE(p.no_go, FALSE) AS no_go,
    p.decision AS decision,
    CAST(COALESCE(s.version, 0) AS BIGINT) AS version
FROM terminal AS t
LEFT JOIN visit_prospect AS p ON p.terminal_id = t.terminal_id
LEFT JOIN (
    SELECT
        h.terminal_id AS terminal_id,
        MAX(h.number) AS version
    FROM prospect_stage AS h
    GROUP BY h.terminal_id
) AS s ON s.terminal_id = t.terminal_id
WHERE t.employee_id = $employee
    AND (t.status = 'blank' OR p.terminal_id IS NOT NULL)
    AND ({parts/in_scope t.region_id})
ORDER BY t.terminal_id ASC NULLS LAST
