-- Who changed one record of a table here, the latest first.
SELECT
    a.happened_at AS happened_at,
    a.actor AS actor,
    a.action AS action,
    a.before AS before
FROM audit_log AS a
WHERE a.entity = $table AND a.entity_key = $key
ORDER BY a.audit_id DESC NULLS LAST
