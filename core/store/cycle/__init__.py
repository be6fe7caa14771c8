"""Tasks, days, cards of strategy and budgets in the store."""
