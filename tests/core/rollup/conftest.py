"""A small region as a store, and the same as sales lines by month with their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from core.rollup.inputs import FACTS, TABLES
from core.rollup.publishing import RollupRequest
from core.sample import build_sample
from core.store.database import Store

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

MONTHS = "'2025-09-01', '2025-10-01', '2026-09-01', '2026-10-01'"
"""Of the region's 36 months: the last two and the same a year before."""


@dataclass(frozen=True)
class Lines:
    """Sales lines and tables in a folder.

    Parameters
    ----------
    folder
        ``lines/YYYY-MM.parquet`` and ``tables/NAME.parquet``.
    """

    folder: Path

    def request(self, out: Path, **options: object) -> RollupRequest:
        """Return the request for versions in a folder."""
        return RollupRequest(str(self.folder / "lines/*.parquet"), self.folder / "tables", out, **options)

    def months(self) -> list[Path]:
        """Return the files of the lines, by month."""
        return sorted((self.folder / "lines").glob("*.parquet"))

    def copy(self, folder: Path) -> Lines:
        """Return the same files under names of their own, to be changed."""
        for path in self.folder.rglob("*.parquet"):
            target = folder / path.relative_to(self.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
        return Lines(folder)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demonstration region; tests only read it."""
    path = tmp_path_factory.mktemp("rollup-sample") / "market.duckdb"
    build_sample(path, terminals=60, seed=3)
    return path


@pytest.fixture(scope="session")
def lines(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """The tables of that store as files."""
    folder = tmp_path_factory.mktemp("rollup-lines")
    (folder / "lines").mkdir()
    (folder / "tables").mkdir()
    with Store.open(sample_file) as store:
        for name in sorted(TABLES - {"target_plan"}):
            shown = f" WHERE month IN ({MONTHS})" if name in {"market_sales", "market_capacity"} else ""
            rows = store.fetch(f"SELECT * FROM {name}{shown}")
            pq.write_table(rows, folder / "tables" / f"{name}.parquet")
        facts = store.fetch(f"SELECT * EXCLUDE (batch_id) FROM {FACTS} WHERE month IN ({MONTHS})")
    for month in pc.unique(facts["month"]).to_pylist():
        rows = facts.filter(pc.equal(facts["month"], month))
        pq.write_table(rows, folder / "lines" / f"{month:%Y-%m}.parquet")
    return Lines(folder)


def change_month(path: Path, *, factor: int = 2) -> dt.date:
    """Multiply the amounts of a file of lines; return its month."""
    rows = pq.read_table(path)
    amount = pa.array([factor * value for value in rows["amount"].to_pylist()], rows["amount"].type)
    path.unlink()
    pq.write_table(rows.set_column(rows.column_names.index("amount"), "amount", amount), path)
    month: dt.date = rows["month"][0].as_py()
    return month
