-- Kept grades with their grading and the customer they are of.
grade_result AS r
INNER JOIN grade_run AS n ON n.run_id = r.run_id
LEFT JOIN dealer AS d ON n.customer_type = 'dealer' AND d.dealer_id = r.customer_id
LEFT JOIN terminal AS t ON n.customer_type = 'terminal' AND t.terminal_id = r.customer_id
