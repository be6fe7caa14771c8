"""The audit: who did what, when and from where, kept for good."""
