"""What the pages of the management cycle draw."""
