"""From the rectangle of a sheet to its tables."""
