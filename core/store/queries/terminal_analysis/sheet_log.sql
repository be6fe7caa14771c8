-- Who changed one score sheet, the latest first.
SELECT
    a.happened_at AS happened_at,
    a.actor AS actor,
    a.action AS action,
    a.before AS before
FROM audit_log AS a
WHERE a.entity = 'score_item' AND a.entity_key = $sheet AND starts_with(a.action, 'score_sheet_')
ORDER BY a.audit_id DESC NULLS LAST
