"""Figures of a file beside each other and beside the store."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.loading import plausibility as plausible
from core.store.loading.source_table import RawTable
from core.tables import BY_NAME


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a region, a company, a capacity and sales of one month."""
    with Store.open(tmp_path / "s.duckdb") as opened:
        load(
            opened,
            {
                "region": pa.table({"region_id": ["1"], "level": ["city"], "name": ["武汉市"]}),
                "company": pa.table({"company_id": ["A"], "name": ["甲"], "is_self": [True]}),
                "market_capacity": pa.table({"month": ["2024-03"], "region_id": ["1"], "amount": ["9000"]}),
                "market_sales": pa.table(
                    {"month": ["2024-01"], "region_id": ["1"], "company_id": ["A"], "amount": ["1000"]}
                ),
            },
        )
        yield opened


def raw(rows: list[tuple[str, str]]) -> RawTable:
    """Return sales of a month each, numbered from 0."""
    months, amounts = zip(*rows, strict=True)
    data = {"month": months, "region_id": ["1"] * len(rows), "company_id": ["A"] * len(rows)}
    table = pa.table(data | {"amount": amounts, "_position": list(range(len(rows)))})
    columns = {name: name for name in ("month", "region_id", "company_id", "amount")}
    return RawTable(BY_NAME["market_sales"], "f", columns, data=table, row_column="_position")


def test_the_month_before_is_that_of_the_file_or_else_of_the_store(store: Store) -> None:
    """5,000 after the store's 1,000 is five times; 900 after the file's 5,000 is small and passed over."""
    rows = raw(
        [("2024-02-01", "5000"), ("2024-03-01", "900"), ("2024-05-01", "99999"), ("2024-06-01", "19999")]
    )
    found = plausible.jumps(store, rows, times=5, least=1000, most=9)
    assert found == [plausible.Beside(0, 5000.0, 1000.0), plausible.Beside(3, 19999.0, 99999.0)]


def test_sales_are_held_against_the_capacity_of_their_month(store: Store) -> None:
    """9,001 in a month whose capacity is 9,000 is told; a month without a capacity isn't."""
    found = plausible.above_capacity(store, raw([("2024-02-01", "50000"), ("2024-03-01", "9001")]), most=9)
    assert found == [plausible.Beside(1, 9001.0, 9000.0)]
