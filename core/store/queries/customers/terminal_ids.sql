-- Ids of the terminals of one page; only what restricts or sorts is joined.
SELECT t.terminal_id AS customer_id
FROM terminal AS t{joins}
WHERE TRUE{conditions}
ORDER BY {order} {direction} NULLS LAST, t.terminal_id ASC NULLS LAST
LIMIT $limit OFFSET $offset
