"""The customer forms of the demonstration region and what people wrote on them."""
