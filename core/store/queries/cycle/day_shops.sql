-- The shops of one rep with the last visit before a day and what the last talk agreed on for the next one.
WITH mine AS (
    SELECT
        t.terminal_id AS terminal_id,
        t.name AS name,
        t.address AS address,
        t.grade AS grade,
        COALESCE(t.status, 'listed') AS status
    FROM terminal AS t
    WHERE (t.employee_id = $employee
        OR t.terminal_id IN (SELECT r.terminal_id FROM visit_rule AS r WHERE r.employee_id = $employee)
        OR t.terminal_id IN (SELECT i.terminal_id FROM terminal_stand_in AS i WHERE i.employee_id = $employee)
        OR t.terminal_id IN (
            SELECT v.terminal_id FROM visit AS v
            WHERE v.employee_id = $employee AND v.start_at >= $day AND v.start_at < $end_day)
        OR t.terminal_id IN (
            SELECT s.terminal_id FROM visit_plan_stop AS s INNER JOIN visit_plan AS p ON p.plan_id = s.plan_id
            WHERE p.employee_id = $employee AND s.day = $day))
        AND ({parts/in_scope t.region_id})
),

seen AS (
    SELECT
        v.terminal_id AS terminal_id,
        MAX(v.start_at) AS last_visit
    FROM visit AS v
    WHERE v.start_at < $day
        AND v.terminal_id IN (SELECT m.terminal_id FROM mine AS m)
    GROUP BY v.terminal_id
),

talks AS (
    SELECT
        f.customer_id AS terminal_id,
        json_extract_string(f.payload, '$.talked_on') AS talked_on,
        json_extract_string(f.payload, '$.next_on') AS next_on,
        json_extract_string(f.payload, '$.next_content') AS next_content,
        ROW_NUMBER() OVER (
            PARTITION BY f.customer_id
            ORDER BY json_extract_string(f.payload, '$.talked_on') DESC NULLS LAST, f.updated_at DESC NULLS LAST
        ) AS place
    FROM customer_form AS f
    WHERE f.form = 'negotiation_review'
        AND f.customer_type = 'terminal'
        AND f.customer_id IN (SELECT m.terminal_id FROM mine AS m)
        AND json_extract_string(f.payload, '$.talked_on') < CAST($day AS VARCHAR)
)

SELECT
    m.terminal_id AS terminal_id,
    m.name AS name,
    m.address AS address,
    m.grade AS grade,
    m.status AS status,
    CAST(s.last_visit AS DATE) AS last_visit,
    TRY_CAST(k.next_on AS DATE) AS next_on,
    k.next_content AS next_content
FROM mine AS m
LEFT JOIN seen AS s ON s.terminal_id = m.terminal_id
LEFT JOIN talks AS k ON k.terminal_id = m.terminal_id AND k.place = 1
ORDER BY m.terminal_id ASC NULLS LAST
