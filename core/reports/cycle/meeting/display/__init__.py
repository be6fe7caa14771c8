"""A month's review as a reader sees it: sentence, figures, bridge, tables and slide."""
