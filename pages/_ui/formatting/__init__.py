"""Numbers, periods, sentences and names as the screen writes them."""
