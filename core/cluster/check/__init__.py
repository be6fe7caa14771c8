"""Proving an engine: every read query, on the store's engine and on another, row by row."""
