-- How many rows each table holds, as the engine knows without counting.
SELECT
    t.table_name AS name,
    CAST(t.estimated_size AS BIGINT) AS rows
FROM duckdb_tables() AS t
WHERE NOT t.temporary AND t.database_name = CURRENT_DATABASE() AND t.schema_name = 'main'
ORDER BY t.table_name NULLS LAST
