"""What the cells of a column mean: numbers, days, codes, choices, units."""
