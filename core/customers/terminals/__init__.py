"""Distribution over terminals, and why it changed."""
