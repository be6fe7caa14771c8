"""Workbooks and archives: what calamine reads, and what the XML beside it tells."""
