"""Files whose columns are the store's own: reading, checking and templates."""
