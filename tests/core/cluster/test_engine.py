"""An engine runs the store's queries on Parquet files and answers in the store's types."""

from __future__ import annotations

import datetime as dt
import socket
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.cluster.engine import DuckDBEngine, Engine, open_engine
from core.cluster.translation import translate
from core.errors import InputError, StoreError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some lines of terminal sales, in two files without the optional columns."""
    folder = tmp_path_factory.mktemp("sales")
    for number, shop in enumerate(("S1", "S2")):
        rows = pa.table(
            {
                "month": pa.array([dt.date(2025, 1 + number, 1)] * 2),
                "terminal_id": [shop] * 2,
                "company_id": ["own", "rival"],
                "amount": pa.array([Decimal("10.50"), Decimal("2.25")], pa.decimal128(9, 2)),
            }
        )
        pq.write_table(rows, folder / f"{number}.parquet")
    return folder


@pytest.fixture(params=["duckdb", "sail"])
def engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    """DuckDB and Sail with the sales registered."""
    engine: Engine = request.getfixturevalue("sail") if request.param == "sail" else DuckDBEngine()
    engine.register("terminal_sales", [str(folder / "*.parquet")])
    return engine


def test_a_query_file_gives_the_store_s_types(engine: Engine) -> None:
    """Columns that the files lack are NULL, tables that are not there are empty, types are the store's."""
    found = engine.run("derived/region_month_sales", {"months": None})
    assert found.schema == DuckDBEngine().run("derived/region_month_sales", {"months": None}).schema
    totals = [row for row in found.to_pylist() if row["is_total"]]
    assert len(totals) == 4
    assert {row["region_id"] for row in totals} == {None}
    assert sum(row["amount"] for row in totals) == Decimal("25.50")


@pytest.mark.parametrize(
    ("months", "rows"), [(None, 4), ([], 0), ([dt.date(2025, 2, 1)], 2), ([dt.date(2030, 1, 1)], 0)]
)
def test_a_list_is_bound_with_its_type(engine: Engine, months: list[dt.date] | None, rows: int) -> None:
    """No list means all months, an empty list none."""
    assert engine.run("derived/region_month_sales", {"months": months}).num_rows == rows


@pytest.mark.parametrize("value", ["x' OR TRUE OR 'a'='", "--", ":shop", "\\'"])
def test_a_value_is_never_read_as_sql(engine: Engine, value: str) -> None:
    """A value that looks like SQL is compared as the text it is."""
    text = "SELECT s.month AS month FROM terminal_sales AS s WHERE s.terminal_id = $shop"
    assert engine.run_text(text, {"shop": value}).num_rows == 0
    echoed = engine.run_text("SELECT CAST($shop AS VARCHAR) AS shop", {"shop": value})
    assert echoed.to_pylist() == [{"shop": value}]


def test_a_table_of_its_own_keeps_its_columns(engine: Engine, folder: Path) -> None:
    """Files registered under a name that the store doesn't know are read as they are."""
    engine.register("lines", [str(folder / "0.parquet"), str(folder / "1.parquet")])
    found = engine.run_text("SELECT SUM(l.amount) AS amount FROM lines AS l")
    assert found.to_pylist() == [{"amount": Decimal("25.50")}]


def test_a_missing_value_is_named(engine: Engine) -> None:
    """A query that needs a value says which."""
    with pytest.raises(InputError, match="months"):
        engine.run("derived/region_month_sales")


def test_files_that_are_not_there_are_named(engine: Engine, tmp_path: Path) -> None:
    """A pattern that fits no file is no empty table."""
    with pytest.raises(StoreError, match="nothing_here"):
        engine.register("lines", [str(tmp_path / "nothing_here*.parquet")])


@pytest.mark.parametrize("name", ["spark", "", "sc:/x", "sc://", "http://localhost:15002"])
def test_an_engine_that_is_none_is_refused(name: str) -> None:
    """The sentence names what can be chosen."""
    with pytest.raises(InputError) as refused:
        open_engine(name)
    assert "sail" in refused.value.hint


def test_an_address_where_nobody_listens_is_refused_at_once() -> None:
    """The client itself would try for ten minutes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(StoreError, match="does not answer"):
        open_engine(f"sc://127.0.0.1:{port}")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the cluster's libraries is told how to."""
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(InputError, match="sqlglot") as refused:
        open_engine("sail")
    assert "requirements-cluster.txt" in refused.value.hint


def test_only_a_query_is_translated() -> None:
    """A statement that changes tables never reaches a cluster; of one that fills a table its query does."""
    with pytest.raises(InputError, match="DELETE"):
        translate("DELETE FROM terminal")
    made = translate("INSERT INTO a WITH b AS NOT MATERIALIZED (SELECT $x AS x) SELECT b.x AS x FROM b")
    assert made.text == "WITH b AS (SELECT :x AS x) SELECT b.x AS x FROM b"
