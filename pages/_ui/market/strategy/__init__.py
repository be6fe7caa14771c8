"""Below the four quadrants: the five principles, market value, where to enter first."""
