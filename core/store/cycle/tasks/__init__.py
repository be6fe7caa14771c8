"""Tasks in the store: rows, versions, history."""
