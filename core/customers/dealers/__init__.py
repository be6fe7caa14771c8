"""Dealers: decision tree, stock, tiers, faithfulness, issues, cards."""
