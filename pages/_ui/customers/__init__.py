"""Dealers and terminals: lists, cards, forms."""
