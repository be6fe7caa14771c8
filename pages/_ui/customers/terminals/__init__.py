"""Sections of a terminal's card."""
