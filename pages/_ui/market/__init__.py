"""What the four market pages share: a region's card, its words, its tables and answers."""
