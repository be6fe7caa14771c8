"""Versioned records of the forms that people fill in."""
