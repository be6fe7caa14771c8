"""Strategy cards of a region on the screen: side by side, filled in, approved."""
