"""The page of users: who may come in, with which roles, for which part of the market."""
