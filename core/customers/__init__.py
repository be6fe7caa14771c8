"""Customers and products: which of them matter, and whose they are."""
