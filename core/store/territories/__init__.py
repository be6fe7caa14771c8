"""Territories in the store: who is responsible for which terminal, and how that changed."""
