"""The demonstration region: a synthetic province of any size."""
