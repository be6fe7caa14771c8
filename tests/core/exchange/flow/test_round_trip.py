"""Property: any table of the demonstration region, written with any usual mess, imports to the same table."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.exchange.flow import Known, prepare
from core.exchange.flow.rows.canonical import text_of
from core.sample import build_sample
from core.store.database import Store
from core.tables import TABLES, Kind, Table
from tests.core.exchange.flow import mess
from tests.core.exchange.flow.conftest import answer_all

MESSES = int(os.environ.get("MESSES", "300"))
SHARES = 10
"""The messes are drawn in so many tests, so that several cores share them."""
MOST_ROWS = 30


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small demonstration region."""
    path = tmp_path_factory.mktemp("sample") / "s.duckdb"
    build_sample(path, terminals=60, seed=3)
    with Store.open(path) as store:
        yield store


def rows_of(store: Store, table: Table, luck: random.Random) -> list[dict[str, Any]]:
    """Return some rows of a table that stand together."""
    names = ", ".join(f't."{column.name}"' for column in table.columns)
    count = store.fetch(f"SELECT COUNT(*) AS n FROM {table.name}").to_pylist()[0]["n"]
    most = luck.randint(1, MOST_ROWS)
    start = luck.randint(0, max(0, count - most))
    query = f"SELECT {names} FROM {table.name} AS t ORDER BY ALL LIMIT {most} OFFSET {start}"
    return store.fetch(query).to_pylist()


def same(found: Any, wanted: Any, kind: Kind) -> bool:
    """Tell whether a value that was read is that of the store."""
    if wanted is None or found is None:
        return wanted is None and found is None
    if kind in {Kind.MONEY, Kind.NUMBER, Kind.INTEGER}:
        return Decimal(str(text_of(found))) == Decimal(
            repr(wanted) if isinstance(wanted, float) else str(wanted)
        )
    return text_of(found) == text_of(wanted)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_table_survives_every_mess(sample: Store, tmp_path: Path, share: int) -> None:
    """Values, rows and their order are those of the store; nothing is bad, whatever stands around them."""
    known = Known(sample)
    filled = [t for t in TABLES if sample.fetch(f"SELECT 1 FROM {t.name} LIMIT 1").num_rows]
    assert len(filled) > 15
    for number in range(share, MESSES, SHARES):
        luck = random.Random(number)
        table = filled[number % len(filled)]
        rows = rows_of(sample, table, luck)
        written = mess.write(table, rows, tmp_path, number)
        flow = answer_all(written.path, known, written.answer)
        prepared = prepare(flow, known)
        assert len(flow.sheets) == 1, number
        values = flow.sheets[0].values
        assert flow.sheets[0].table == table.name, number
        assert len(values) == len(rows), number
        for column in table.columns:
            for found, row in zip(values[column.name], rows, strict=True):
                assert same(found, row[column.name], column.kind), (
                    number,
                    column.name,
                    found,
                    row[column.name],
                )
        assert prepared.bad == 0, (number, [flaw.words for flaw in prepared.flaws])
        assert not prepared.refusals, (number, [flaw.words for flaw in prepared.refusals])
