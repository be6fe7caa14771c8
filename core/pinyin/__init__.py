"""How Chinese names are read."""
