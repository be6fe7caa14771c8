-- How many dealers and terminals the user may see.
SELECT
    (
        SELECT COUNT(*)
        FROM dealer AS d
        WHERE {parts/in_scope d.region_id}
    ) AS dealer,
    (
        SELECT COUNT(*)
        FROM terminal AS t
        WHERE {parts/in_scope t.region_id}
    ) AS terminal
