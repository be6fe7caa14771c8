#!/usr/bin/env bash
# pysail 0.7.2 speaks Spark Connect, but a SUM or a + of BIGINT past the largest integer wraps to a negative number
# without an error. Apache Spark 4 in its default ANSI mode raises ARITHMETIC_OVERFLOW for both. Fen or grams summed
# over years on a drop-in engine can turn into a loss in silence; DECIMAL columns do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pysail==0.7.2 pyspark-client==4.2.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import os

os.environ["RUST_LOG"] = "off"
from pysail.spark import SparkConnectServer

server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
host, port = server.listening_address
from pyspark.sql import SparkSession

spark = SparkSession.builder.remote(f"sc://{host}:{port}").getOrCreate()


def first(query):
    value = spark.sql(query).collect()[0][0]
    print(query, "->", value)
    return value


assert first("SELECT SUM(x) FROM VALUES (9223372036854775807), (1) AS t(x)") == -(2**63)
assert first("SELECT 9223372036854775807 + x FROM VALUES (CAST(1 AS BIGINT)) AS t(x)") == -(2**63)
spark.stop()
server.stop()
print(flush=True)
os._exit(0)  # a thread of the client keeps the interpreter alive
PYTHON
