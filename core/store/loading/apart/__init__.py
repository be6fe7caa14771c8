"""Parsing untrusted files in another process, and taking over the rows it leaves."""
