"""Edits of a plan: grids, constraints, redistribution, undo."""
