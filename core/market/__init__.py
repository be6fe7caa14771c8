"""Where we stand: shares, market structure, the No.1 target, the four quadrants."""
