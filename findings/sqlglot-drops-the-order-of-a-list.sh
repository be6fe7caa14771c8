#!/usr/bin/env bash
# sqlglot 30.30.0: DuckDB's list(x ORDER BY y) is written for Spark as COLLECT_LIST(x): the order is gone, without an
# error or a warning, also with unsupported_level=RAISE. string_agg(x, ',' ORDER BY y) keeps its order on the way, so
# one ordered aggregate says nothing about another. Spark's COLLECT_LIST gives the values in any order, so a visit
# route or a ranking made of such a list is right on small data and shuffled on large.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqlglot==30.30.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sqlglot
from sqlglot import ErrorLevel

query = "SELECT list(s.terminal_id ORDER BY s.position) AS route FROM visit_plan_stop AS s"
spark = sqlglot.transpile(query, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)[0]
joined = "SELECT string_agg(s.terminal_id, ',' ORDER BY s.position) AS route FROM visit_plan_stop AS s"
kept = sqlglot.transpile(joined, read="duckdb", write="spark", unsupported_level=ErrorLevel.IMMEDIATE)[0]
again = sqlglot.transpile(query, read="duckdb", write="duckdb")[0]
print(spark, kept, again, sep="\n")
assert "COLLECT_LIST(s.terminal_id)" in spark and "ORDER BY" not in spark
assert "ORDER BY s.position" in again
PYTHON
