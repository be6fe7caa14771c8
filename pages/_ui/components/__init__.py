"""Parts that every page is put together from: head, numbers, export menu, empty state, notes, progress."""
