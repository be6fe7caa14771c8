-- Customers whose code, name, initials or reading holds what was typed, those that fit best first.
-- fit: 0 the code, 1 the name, 2 its beginning, 3 inside it, 4 initials, 5 the first initials, 6 inside the
-- initials, 7 the reading, 8 inside the reading. The official reading stands first, another behind a blank.
WITH found AS (
    SELECT
        s.customer_type AS customer_type,
        s.customer_id AS customer_id,
        s.region_id AS region_id,
        s.name AS name,
        s.folded AS folded,
        CASE
            WHEN LOWER(s.customer_id) = $wanted THEN 0
            WHEN s.folded = $wanted THEN 1
            WHEN starts_with(s.folded, $wanted) OR starts_with(LOWER(s.customer_id), $wanted) THEN 2
            WHEN contains(s.folded, $wanted) OR contains(LOWER(s.customer_id), $wanted) THEN 3
            WHEN NOT $is_latin THEN NULL
            WHEN split_part(s.initials, ' ', 1) = $wanted THEN 4
            WHEN starts_with(s.initials, $wanted) THEN 5
            WHEN contains(s.initials, $wanted) THEN 6
            WHEN starts_with(s.pinyin, $wanted) THEN 7
            WHEN contains(s.pinyin, $wanted) THEN 8
        END AS fit,
        CASE
            WHEN contains(split_part(s.pinyin, ' ', 1), $wanted)
                OR contains(split_part(s.initials, ' ', 1), $wanted) THEN 0
            ELSE 1
        END AS other_reading
    FROM customer_search AS s
    WHERE ($kind IS NULL OR s.customer_type = $kind)
        AND ({parts/in_scope s.region_id})
)
SELECT
    f.customer_type AS customer_type,
    f.customer_id AS customer_id,
    f.name AS name,
    f.folded AS folded,
    f.fit AS fit,
    r.name AS region,
    r.name_en AS region_en
FROM (
    SELECT g.*
    FROM found AS g
    WHERE g.fit IS NOT NULL
    ORDER BY
        g.fit ASC NULLS LAST, g.other_reading ASC NULLS LAST, g.customer_type ASC NULLS LAST, LENGTH(g.folded) ASC NULLS LAST,
        g.customer_id ASC NULLS LAST
    LIMIT $limit
) AS f
LEFT JOIN region AS r ON r.region_id = f.region_id
ORDER BY
    f.fit ASC NULLS LAST, f.other_reading ASC NULLS LAST, f.customer_type ASC NULLS LAST, LENGTH(f.folded) ASC NULLS LAST,
    f.customer_id ASC NULLS LAST
