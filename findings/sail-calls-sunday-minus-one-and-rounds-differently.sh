#!/usr/bin/env bash
# pysail 0.7.2 answers some Spark functions differently from their documentation, without an error.
# Seen: weekday of a Sunday is -1 (Spark: 6, with 0 = Monday), so a visit calendar grouped by it has a day of its own;
# bround(2.5) is 3 (Spark rounds half to even: 2); percentile_approx of 1, 2, 3, 4 at 0.5 is 2.5 (Spark returns a value of
# the data: 2).
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


assert first("SELECT weekday(DATE'2027-01-03')") == -1
assert first("SELECT weekday(DATE'2027-01-04')") == 0
assert float(first("SELECT bround(2.5)")) == 3.0
assert first("SELECT percentile_approx(x, 0.5) FROM VALUES (1), (2), (3), (4) AS t(x)") == 2.5
spark.stop()
server.stop()
print(flush=True)
os._exit(0)  # a thread of the client keeps the interpreter alive
PYTHON
