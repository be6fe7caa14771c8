"""The page on expenses: budget beside actual, promotions, filling in budgets."""
