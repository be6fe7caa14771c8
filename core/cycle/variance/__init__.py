"""What explains a difference of sales: market, share, distribution, strength in the shops, price, mix."""
