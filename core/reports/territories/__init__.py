"""Territories from the store: units, proposals, and the step that applies them."""
