"""Workbook of a target plan: writing it and reading it back."""
