"""集中 on the No.1 page: where the strength of the next quarters goes."""
