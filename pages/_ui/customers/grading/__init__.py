"""Grading scale, its result and its history."""
