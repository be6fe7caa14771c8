-- Every version saved of a plan, the latest first.
SELECT
    version.version AS version,
    version.saved_at AS saved_at,
    version.actor AS actor,
    version.note AS note,
    CAST(version.top_target AS DOUBLE) AS top_target,
    version.fingerprint AS fingerprint
FROM plan_version AS version
WHERE version.plan_id = $plan
ORDER BY version.version DESC NULLS LAST
