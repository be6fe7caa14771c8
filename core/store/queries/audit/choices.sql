-- Who and what the audit knows, and how often.
SELECT
    entry.actor AS actor,
    entry.kind AS kind,
    entry.action AS action,
    CAST(COUNT(*) AS BIGINT) AS entries
FROM (
    SELECT log.actor AS actor, 'change' AS kind, log.action AS action FROM audit_log AS log
    UNION ALL
    SELECT event.actor AS actor, event.kind AS kind, event.action AS action FROM audit_event AS event
) AS entry
GROUP BY
    entry.actor,
    entry.kind,
    entry.action
ORDER BY
    entry.actor NULLS LAST,
    entry.kind NULLS LAST,
    entry.action NULLS LAST
