"""Endings of files that can be brought; who looks at a name alone needs no reader."""

READ = (
    *(".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip"),
    *(".json", ".jsonl", ".ndjson", ".geojson", ".topojson", ".html", ".htm", ".xml", ".shp", ".numbers"),
)
"""Endings of files that can be guided."""
