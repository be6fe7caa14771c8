"""Whole files of a store: put in another's place, written anew, read from elsewhere."""
