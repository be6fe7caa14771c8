"""Reports on customers: lists, ABC, grading and profitability."""
