"""Reports on target plans."""
