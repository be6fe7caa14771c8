"""Import 3.16 million facts: checked, keyed, sorted and logged, against a bare CREATE TABLE AS.

Run ``python benchmarks/import.py [FOLDER]``; the folder holds the Iowa tables (see ``tests/iowa``),
default ``../shared/data/iowa``. Both sides run in turn, so that a busy machine slows both; the figure
is the median of the ratios, of wall time and of processor time.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.exchange.importing import load
from core.settings import Settings
from core.store.database import Store

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def main() -> None:
    """Print the times of both sides and their ratios."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "iowa"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(source, folder)
        for ending in ("csv", "parquet"):
            compare(folder, ending)


def prepare(source: Path, folder: Path) -> None:
    """Make a store with the master data, and the facts as CSV and as Parquet."""
    regions = pq.read_table(source / "regions.parquet", columns=["region_id", "name", "lat", "lon"])
    shops = pq.read_table(
        source / "outlets.parquet", columns=["outlet_id", "name", "region_id", "lat", "lon"]
    )
    companies = pq.read_table(source / "vendors.parquet")
    facts = pq.read_table(source / "sales_monthly.parquet").rename_columns(
        ["month", "terminal_id", "company_id", "amount", "quantity"]
    )
    facts = facts.set_column(1, "terminal_id", facts.column("terminal_id").cast(pa.string()))
    with Store.open(folder / "empty.duckdb") as store:
        load(
            store,
            {
                "region": regions.append_column("level", pa.array(["county"] * regions.num_rows)),
                "company": companies.rename_columns(["company_id", "name"]),
                "terminal": shops.rename_columns(["terminal_id", "name", "region_id", "lat", "lon"]),
            },
        )
    pq.write_table(facts, folder / "terminal_sales.parquet")
    pcsv.write_csv(facts, folder / "terminal_sales.csv")
    print(f"{facts.num_rows:,} facts")


def compare(folder: Path, ending: str) -> None:
    """Run both sides in turn and print the medians."""
    file = folder / f"terminal_sales.{ending}"
    walls, processors = [], []
    for _round in range(ROUNDS):
        bare_wall, bare_processor = timed(lambda: bare(folder / "bare.duckdb", file))
        shutil.copy2(folder / "empty.duckdb", folder / "store.duckdb")
        wall, processor = timed(lambda: canonical(folder / "store.duckdb", file))
        walls.append(wall / bare_wall)
        processors.append(processor / bare_processor)
        print(
            f"{ending:8} bare {bare_wall:5.2f} s, import {wall:5.2f} s;"
            f" processor {bare_processor:5.2f} s and {processor:5.2f} s"
        )
    print(
        f"{ending:8} import / CREATE TABLE AS: {statistics.median(walls):.2f} x wall,"
        f" {statistics.median(processors):.2f} x processor (goal: 3)"
    )


def bare(target: Path, file: Path) -> None:
    """Read the file into a new database, as DuckDB does by itself."""
    target.unlink(missing_ok=True)
    settings = Settings.from_environment()
    options = {"memory_limit": settings.memory, "threads": str(settings.threads)}
    with duckdb.connect(str(target), config=options) as connection:
        connection.execute(f"CREATE TABLE facts AS SELECT * FROM '{file}'")


def canonical(target: Path, file: Path) -> None:
    """Import the file: check every value, key and reference, store it sorted, log it."""
    with Store.open(target) as store:
        result = load(store, [file])
    assert result.batches[0].changes.inserted == result.batches[0].rows


def timed(function: Callable[[], None]) -> tuple[float, float]:
    """Return wall and processor seconds of a call."""
    wall, processor = time.perf_counter(), time.process_time()
    function()
    return time.perf_counter() - wall, time.process_time() - processor


if __name__ == "__main__":
    main()
