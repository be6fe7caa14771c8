"""Whole tables of targets: fitting, rounding, bounds, feasibility."""
