"""Maps of regions, drawn without a basemap and without the internet."""
