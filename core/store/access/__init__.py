"""Users in the store: reading, adding and changing them, and finding who signs in."""
