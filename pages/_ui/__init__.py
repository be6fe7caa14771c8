"""What pages share: the running store, filters, cached reads, words, numbers and downloads."""
