"""Accounts: relations, key accounts, score sheets, risk of leaving."""
