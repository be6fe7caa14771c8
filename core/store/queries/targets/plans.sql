-- All plans, the latest year first; a plan belongs to no region, its cells do.
SELECT
    plan.plan_id AS plan_id,
    plan.name AS name,
    plan.year AS year,
    plan.template AS template,
    plan.version AS version,
    plan.base_plan_id AS base_plan_id,
    plan.status AS status,
    CAST(plan.top_target AS DOUBLE) AS top_target,
    plan.parameters AS parameters,
    plan.inputs_version AS inputs_version
FROM target_plan AS plan
ORDER BY
    plan.year DESC NULLS LAST,
    plan.plan_id DESC NULLS LAST
