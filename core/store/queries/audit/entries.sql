-- Changes of the data and other events of the audit, the latest first.
WITH entries AS (
    SELECT
        log.happened_at AS happened_at,
        log.actor AS actor,
        log.address AS address,
        log.session AS session,
        'change' AS kind,
        log.action AS action,
        'done' AS outcome,
        log.entity AS entity,
        log.entity_key AS entity_key,
        log.before AS before,
        log.after AS after,
        log.audit_id AS number
    FROM audit_log AS log
    UNION ALL
    SELECT
        event.happened_at AS happened_at,
        event.actor AS actor,
        event.address AS address,
        event.session AS session,
        event.kind AS kind,
        event.action AS action,
        event.outcome AS outcome,
        event.entity AS entity,
        event.entity_key AS entity_key,
        event.before AS before,
        event.after AS after,
        event.event_id AS number
    FROM audit_event AS event
)
SELECT
    entry.happened_at AS happened_at,
    entry.actor AS actor,
    entry.address AS address,
    entry.session AS session,
    entry.kind AS kind,
    entry.action AS action,
    entry.outcome AS outcome,
    entry.entity AS entity,
    entry.entity_key AS entity_key,
    entry.before AS before,
    entry.after AS after
FROM entries AS entry
WHERE ($actor IS NULL OR entry.actor = $actor)
    AND ($kind IS NULL OR entry.kind = $kind)
    AND ($action IS NULL OR entry.action = $action)
    AND ($outcome IS NULL OR entry.outcome = $outcome)
    AND ($entity IS NULL OR CONTAINS(COALESCE(entry.entity, ''), $entity) OR CONTAINS(COALESCE(entry.entity_key, ''), $entity))
    AND ($since IS NULL OR entry.happened_at >= $since)
    AND ($until IS NULL OR entry.happened_at < $until)
ORDER BY
    entry.happened_at DESC NULLS LAST,
    entry.kind NULLS LAST,
    entry.number DESC NULLS LAST
LIMIT CAST($most AS BIGINT)
