"""Reports: read from the store, compute with the formulas, return small tables.

Pages and commands share them, so that both give the same answer.
"""
