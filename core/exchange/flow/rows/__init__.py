"""The rows of a sheet: of what kind they are, what becomes of their figures, and how they reach the store."""
