"""Text files: encoding, separator, the whole of a small one, a large one as codes of its different cells."""
