"""Seasons, festivals and forecasts."""
