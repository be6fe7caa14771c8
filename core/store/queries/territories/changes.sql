-- The changes of territories that were applied, the latest first.
SELECT
    change.change_id AS change_id,
    change.name AS name,
    change.effective_from AS effective_from,
    change.customers AS customers,
    change.applied_at AS applied_at,
    change.applied_by AS applied_by,
    change.undone_at AS undone_at,
    change.undone_by AS undone_by
FROM territory_change AS change
ORDER BY
    change.applied_at DESC NULLS LAST,
    change.change_id NULLS LAST
