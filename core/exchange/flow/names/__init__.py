"""Whom the names of a sheet mean, and which regions a list of regions has."""
