"""The check before loading: errors, odd figures, and one sentence per sheet about what will be stored."""
