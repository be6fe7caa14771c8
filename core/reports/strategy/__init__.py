"""What strategy looks at beside the market table: the five principles, market value, where to enter."""
