"""The management cycle of the demonstration region: tasks, days, prospects, cards, budgets, promotions."""
