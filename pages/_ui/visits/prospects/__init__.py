"""Prospects on the visit page: the list, the talks, win rates and the forecast."""
