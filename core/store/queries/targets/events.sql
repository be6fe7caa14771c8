-- Who moved a plan from one state to the next, when and why; the latest first.
SELECT
    event.version AS version,
    event.happened_at AS happened_at,
    event.actor AS actor,
    event.from_status AS from_status,
    event.to_status AS to_status,
    event.reason AS reason
FROM plan_event AS event
WHERE event.plan_id = $plan
ORDER BY
    event.happened_at DESC NULLS LAST,
    event.version DESC NULLS LAST
