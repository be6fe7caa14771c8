#!/usr/bin/env bash
# pysail 0.7.2 with pyspark-client 4.2.0: a Parquet file written from Arrow's dictionary columns, as pandas writes
# categories, is not read as text: the file's stored Arrow schema makes the column a Dictionary, and reading it ends in
# an error. DuckDB 2.0.1 and pyarrow read the same file as plain text. Cast such columns to string before writing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pysail==0.7.2 pyspark-client==4.2.0 pandas==2.3.3 duckdb==2.0.1
cd "$folder"
cat > look.py <<'PYTHON'
import duckdb
import pandas as pd
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

table = pd.DataFrame({"company": ["甲", "乙", "甲"]})
table.to_parquet("plain.parquet")
table.astype("category").to_parquet("categories.parquet")
server = SparkConnectServer("127.0.0.1", 0)
server.start()
address, port = server.listening_address
spark = SparkSession.builder.remote(f"sc://{address}:{port}").getOrCreate()
answers = {}
for name in ("plain", "categories"):
    try:
        answers[name] = spark.read.parquet(f"{name}.parquet").where("company = '甲'").count()
        answers[name] = [row.company for row in spark.read.parquet(f"{name}.parquet").collect()]
    except Exception as error:
        answers[name] = f"{type(error).__name__}: {str(error).splitlines()[0][:120]}"
duck = duckdb.sql("SELECT c.company FROM 'categories.parquet' AS c").fetchall()
print(answers, "DuckDB:", duck)
assert answers["plain"] == ["甲", "乙", "甲"]
assert isinstance(answers["categories"], str) and "ictionary" in answers["categories"]
assert duck == [("甲",), ("乙",), ("甲",)]
spark.stop()
server.stop()
PYTHON
"$folder/venv/bin/python" look.py
