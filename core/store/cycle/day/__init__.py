"""Days in the store: visits typed in, photos of shelves, reports handed in, and what a day is read from."""
