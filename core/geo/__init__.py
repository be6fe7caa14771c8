"""Coordinates, boundaries and map tiles."""
