"""The grading scale of customers, and grades by it."""
