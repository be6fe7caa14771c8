-- Customers whose name or reading shares runs of characters with what was typed, the most first.
WITH counted AS (
    SELECT
        s.customer_type AS customer_type,
        s.customer_id AS customer_id,
        s.region_id AS region_id,
        s.name AS name,
        s.folded AS folded,
        s.pinyin AS pinyin,
        s.initials AS initials,
        GREATEST({shared_name}, {shared_reading}) AS shared
    FROM customer_search AS s
    WHERE ($kind IS NULL OR s.customer_type = $kind)
        AND ({parts/in_scope s.region_id})
),
best AS (
    SELECT n.*
    FROM counted AS n
    WHERE n.shared > 0
    ORDER BY
        n.shared DESC NULLS LAST, ABS(LENGTH(n.folded) - $length) ASC NULLS LAST, n.customer_type ASC NULLS LAST,
        n.customer_id ASC NULLS LAST
    LIMIT $limit
)
SELECT
    b.customer_type AS customer_type,
    b.customer_id AS customer_id,
    b.name AS name,
    b.folded AS folded,
    b.pinyin AS pinyin,
    b.initials AS initials,
    r.name AS region,
    r.name_en AS region_en
FROM best AS b
LEFT JOIN region AS r ON r.region_id = b.region_id
