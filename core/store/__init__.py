"""The only place that speaks to DuckDB: schema, reads, writes, backup."""
