"""What more visits sell: curves judged or read from the data, and minutes spent where they earn most."""
