"""The management cycle: tasks, the day, expenses, and what explains a result; pure functions."""
