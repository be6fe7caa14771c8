"""Targets: methods, seasonality, allocation, checks."""
