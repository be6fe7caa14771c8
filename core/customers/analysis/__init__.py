"""Which customers and products matter: ABC, profitability, positions, movements."""
