"""What stands before the pages: who may ask, what the answers say to a browser, the log, health."""
