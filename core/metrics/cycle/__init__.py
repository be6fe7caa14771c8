"""The figures of the management cycle."""
