-- Minutes of the time log of some days and when the day was handed in, one row per rep and day.
SELECT
    COALESCE(l.employee_id, r.employee_id) AS employee_id,
    COALESCE(l.day, r.day) AS day,
    l.minutes AS minutes,
    l.effective AS effective,
    r.handed_in_at AS handed_in_at,
    r.remark AS remark,
    r.tomorrow AS tomorrow
FROM (
    SELECT
        g.employee_id AS employee_id,
        g.day AS day,
        SUM(g.minutes) AS minutes,
        SUM(CASE WHEN g.effective THEN g.minutes ELSE 0 END) AS effective
    FROM time_log AS g
    WHERE g.day >= $first_day AND g.day < $end_day
    GROUP BY g.employee_id, g.day
) AS l
FULL OUTER JOIN (
    SELECT d.* FROM day_report AS d WHERE d.day >= $first_day AND d.day < $end_day
) AS r ON r.employee_id = l.employee_id AND r.day = l.day
WHERE $scope IS NULL
    OR COALESCE(l.employee_id, r.employee_id) IN (
        SELECT t.employee_id
        FROM terminal AS t
        INNER JOIN region_closure AS c ON c.region_id = t.region_id
        WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
ORDER BY employee_id ASC NULLS LAST, day ASC NULLS LAST
