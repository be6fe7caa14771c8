"""List of customers: search, filters, grid and bulk edit."""
