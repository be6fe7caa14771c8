"""A large text file: all of its rows understood without holding them."""
