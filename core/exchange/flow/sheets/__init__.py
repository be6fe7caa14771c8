"""The sheets of a file: what was understood of each, alone and beside the others."""
