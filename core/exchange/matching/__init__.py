"""Finding the known region, dealer, shop, product or company a name means."""
