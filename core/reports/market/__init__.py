"""Reports on markets and regions."""
