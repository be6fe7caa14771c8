"""The method of deep distribution as plain Python: no screen, no SQL outside ``core.store``."""
