"""The invented province: its outline, regions, settlements and names."""
