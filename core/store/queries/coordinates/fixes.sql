-- The latest corrections of coordinates, and whether each was taken back.
SELECT
    a.audit_id AS audit_id,
    a.happened_at AS happened_at,
    a.actor AS actor,
    CAST(a.entity_key AS BIGINT) AS terminals,
    EXISTS (
        SELECT 1 FROM audit_log AS b
        WHERE b.action = 'take_back_coordinates' AND b.entity_key = CAST(a.audit_id AS VARCHAR)
    ) AS taken_back
FROM audit_log AS a
WHERE a.action = 'fix_coordinates' AND COALESCE(a.actor = $actor, TRUE)
ORDER BY a.audit_id DESC NULLS LAST
LIMIT 20
