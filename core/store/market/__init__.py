"""Queries of regions, companies and markets."""
