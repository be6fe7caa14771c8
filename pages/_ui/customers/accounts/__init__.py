"""Key accounts, relations and contacts."""
