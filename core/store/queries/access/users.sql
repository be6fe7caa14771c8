-- All users, those who may come in first, by name.
SELECT
    u.user_id AS user_id,
    u.subject AS subject,
    u.email AS email,
    u.name AS name,
    u.roles AS roles,
    u.region_ids AS region_ids,
    u.companies AS companies,
    u.employee_id AS employee_id,
    u.active AS active,
    u.since AS since,
    u.until AS until,
    u.version AS version,
    u.created_at AS created_at,
    u.created_by AS created_by,
    u.updated_at AS updated_at,
    u.updated_by AS updated_by
FROM app_user AS u
ORDER BY u.active DESC NULLS LAST, u.name ASC NULLS LAST, u.email ASC NULLS LAST
