"""A population of plans that are crossed and improved (Vidal et al. 2012)."""
