"""Sheets and pages to print, and calendar files."""
