"""The file of a store while it is open: who waits for whom, and its log."""
