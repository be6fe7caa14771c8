-- Which of our products each shop of a dealer bought in a period.
SELECT DISTINCT
    s.terminal_id AS basket,
    s.product_id AS item
FROM terminal_sales AS s
INNER JOIN terminal AS t ON t.terminal_id = s.terminal_id
WHERE t.dealer_id = $dealer
    AND s.company_id = $own
    AND s.product_id IS NOT NULL
    AND s.amount > 0
    AND s.month BETWEEN $start AND $end
    AND ($scope IS NULL OR t.region_id IN (
        SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))
ORDER BY basket ASC NULLS LAST, item ASC NULLS LAST
