"""Copies made every night: how many are kept, who makes them, and the drill of restoring them."""
