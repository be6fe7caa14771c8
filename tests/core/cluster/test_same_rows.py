"""Every read query gives the same rows on the store's engine and on a Spark Connect server."""

from __future__ import annotations

import os
from collections import defaultdict

import pyarrow as pa
import pytest

from core.cluster.check.comparison import first_difference
from core.cluster.check.exceptions import EXCEPTIONS, reason
from core.cluster.check.run import MADE_TABLES, NOT_COMPARED, Outcome, compare, queries
from core.cluster.engine import Engine, open_engine
from core.sample import fill_store
from core.settings import Settings
from core.store.copies.parquet_tables import write_tables
from core.store.customers import search
from core.store.database import Store
from core.store.queries import FOLDER

from .store_with_rows import fill_empty_tables

ADDRESS = os.environ.get("SPARK_CONNECT")
"""Of an Apache Spark that runs somewhere, to prove it as well."""


@pytest.fixture(scope="module", params=["sail", *([ADDRESS] if ADDRESS else [])])
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Outcome]]:
    """An engine's name, and what became of every query on a store in which each finds rows."""
    folder = tmp_path_factory.mktemp("tables")
    with Store.open(folder / "market.duckdb", settings=Settings(temp=folder / "temp")) as store:
        fill_store(store, 60)
        search.ensure(store)
        fill_empty_tables(store)
        files = write_tables(store, folder)
    engine: Engine = (
        request.getfixturevalue("sail") if request.param == "sail" else open_engine(request.param)
    )
    with open_engine("duckdb") as reference:
        for table, file in files.items():
            reference.register(table, [str(file)])
            engine.register(table, [str(file)])
        return request.param, list(compare(reference, engine, folder))


def test_every_query_gives_equal_rows(outcomes: tuple[str, list[Outcome]]) -> None:
    """Rows are equal, doubles to 1e-12 of themselves, but for the exceptions named with their reason."""
    engine, found = outcomes
    wrong = [
        f"{one.query} ({one.variant}) {one.state}: {one.detail}"
        for one in found
        if one.state != "same" and reason(engine, one.query) is None
    ]
    assert not wrong


def test_no_exception_is_out_of_date(outcomes: tuple[str, list[Outcome]]) -> None:
    """A query that an engine answers alike by now is no exception any more."""
    engine, found = outcomes
    wrong = {one.query for one in found if one.state != "same"}
    known = EXCEPTIONS["sail" if engine == "sail" else "spark"]
    assert not known.keys() - wrong


def test_every_query_finds_rows(outcomes: tuple[str, list[Outcome]]) -> None:
    """A query without rows would prove nothing."""
    rows: defaultdict[str, int] = defaultdict(int)
    for one in outcomes[1]:
        rows[one.query] += one.rows
    assert not [query for query, number in rows.items() if not number]
    assert sorted(rows) == sorted(queries())


def test_every_file_is_a_query_or_a_piece_of_one() -> None:
    """No file of the folder is left out of the comparison but those named with a reason."""
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql")}
    assert files - set(queries()) == {name for name in files if name.startswith(NOT_COMPARED)}
    assert len(queries()) == len(set(queries()))
    assert set(MADE_TABLES) < files


@pytest.mark.parametrize(
    ("left", "right", "ordered", "equal"),
    [
        ([1.0, None], [1.0 + 5e-13, None], True, True),
        ([1.0], [1.0 + 5e-12], True, False),
        ([0.0], [None], True, False),
        ([0.0], [1e-300], True, False),
        ([1, 2], [2, 1], True, False),
        ([1, 2], [2, 1], False, True),
        ([1, 2, 2], [1, 1, 2], False, False),
        ([1, 2], [1], False, False),
        (["a", None], [None, "a"], False, True),
        ([[1, 2]], [[2, 1]], False, False),
    ],
)
def test_tables_are_compared_exactly(left: list, right: list, ordered: bool, equal: bool) -> None:
    """Doubles may differ by the order of adding, nothing else may, and order counts where a query has one."""
    kind = pa.array([*left, *right]).type
    one, other = (pa.table({"x": pa.array(values, kind)}) for values in (left, right))
    assert (first_difference(one, other, ordered=ordered) is None) == equal
