"""Sections of a dealer's card."""
