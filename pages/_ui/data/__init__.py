"""The panels of the data page, one per tab."""
