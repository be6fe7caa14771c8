-- The latest month with sales of a dealer.
SELECT MAX(s.month) AS month
FROM dealer_sales AS s
INNER JOIN dealer AS d ON d.dealer_id = s.dealer_id
WHERE ({parts/in_scope d.region_id})
