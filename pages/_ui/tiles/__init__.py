"""The route that feeds the terminal map: signed tokens, a small cache, one query per tile."""
