"""The audit on its page."""
