"""Queries of terminals: map tiles, selections, analyses and coordinate fixes."""
