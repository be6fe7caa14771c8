-- Open terminals without a place, at or below a region, or all of them.
SELECT COUNT(*) AS terminals
FROM terminal AS t
WHERE COALESCE(t.cell, -1) < 0
    AND COALESCE(t.status, '') <> 'closed'
    AND ({parts/within t.region_id})
    AND ({parts/in_scope t.region_id})
