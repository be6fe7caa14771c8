"""How a market report reads, on a page and on a slide: names, sentences, lines, figures."""
