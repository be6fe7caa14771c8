-- Every record of every prospect, of one terminal, one rep and one region where they are given.
SELECT
    s.terminal_id AS terminal_id,
    CAST(s.number AS BIGINT) AS number,
    s.changed_at AS changed_at,
    s.changed_by AS changed_by,
    s.possibility AS possibility,
    s.progress AS progress,
    s.source AS source,
    s.no_go AS no_go,
    s.decision AS decision
FROM prospect_stage AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE ($terminal IS NULL OR s.terminal_id = $terminal)
    AND ($employee IS NULL OR t.employee_id = $employee)
    AND ($region IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $region))
    AND ({parts/in_scope t.region_id})
ORDER BY s.terminal_id ASC NULLS LAST, s.number ASC NULLS LAST
