-- The last month in which a company's sales in shops are recorded.
SELECT MAX(sold.month) AS month
FROM terminal_sales AS sold
WHERE sold.company_id = $company
