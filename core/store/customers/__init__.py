"""Queries and edits of dealers and shops as customers."""
