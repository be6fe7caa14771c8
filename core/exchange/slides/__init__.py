"""Slides with editable charts and tables."""
