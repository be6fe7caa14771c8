"""Analyses of customers: ABC, GE matrix, profitability and movement."""
