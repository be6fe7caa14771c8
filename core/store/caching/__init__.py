"""Derived tables and answers that are kept until what they were made from changes."""
