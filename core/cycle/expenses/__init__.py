"""Money spent: against the budget, against sales, to the end of the year, and what promotions brought."""
