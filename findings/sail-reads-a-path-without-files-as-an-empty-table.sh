#!/usr/bin/env bash
# pysail 0.7.2 with pyspark-client 4.2.0: spark.read.parquet on a pattern that fits no file is no error, as it is on
# Apache Spark (PATH_NOT_FOUND) and DuckDB (no files found), but a table without columns and without rows. A month
# whose files have not arrived is then counted as a month without sales.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pysail==0.7.2 pyspark-client==4.2.0 pandas==2.3.3
cd "$folder"
cat > look.py <<'PYTHON'
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

server = SparkConnectServer("127.0.0.1", 0)
server.start()
address, port = server.listening_address
spark = SparkSession.builder.remote(f"sc://{address}:{port}").getOrCreate()
spark.sql("SELECT 1 AS amount").write.parquet("lines/month=2026-10")
there = spark.read.parquet("lines/month=2026-10/*.parquet")
missing = spark.read.parquet("lines/month=2026-11/*.parquet")
print("there:", there.columns, there.count(), "missing:", missing.columns, missing.count())
assert there.count() == 1
assert missing.columns == [] and missing.count() == 0
spark.stop()
server.stop()
PYTHON
"$folder/venv/bin/python" look.py
