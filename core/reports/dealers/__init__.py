"""Reports on dealers."""
