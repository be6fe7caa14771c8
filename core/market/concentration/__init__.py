"""Concentration (集中): which regions to attack in which quarter so that the most value is won."""
