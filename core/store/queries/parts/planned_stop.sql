-- Stops of the visit plans in force: the latest version of a plan, and of plans of a rep that overlap the one that
-- begins last, from its first day on and as long as it lasts.
SELECT
    plan.plan_id AS plan_id,
    plan.employee_id AS employee_id,
    stop.day AS day,
    stop.position AS position,
    stop.terminal_id AS terminal_id,
    stop.begins AS begins
FROM visit_plan AS plan
INNER JOIN visit_plan_stop AS stop
    ON stop.plan_id = plan.plan_id
WHERE NOT EXISTS (
    SELECT 1
    FROM visit_plan AS later
    WHERE later.employee_id = plan.employee_id
        AND (
            (later.start_day = plan.start_day AND later.version > plan.version)
            OR (
                later.start_day > plan.start_day
                AND later.start_day <= stop.day
                AND date_diff('day', later.start_day, stop.day) < 7 * later.weeks
            )
        )
)
