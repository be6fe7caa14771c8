"""The steps of the guided import."""
