"""Imports against the bare libraries below them: 3.16 million facts, a large CSV, a large workbook.

Run ``python benchmarks/import.py [FOLDER] [--parts facts csv book columns] [--rows 20000000]
[--sheet-rows 200000] [--rounds 3] [--shuffled]``; the folder holds the Iowa tables (see ``tests/iowa``),
default ``../shared/data/iowa``.

``facts``: the Iowa facts as CSV and as Parquet, checked, keyed, sorted and logged, against a bare
``CREATE TABLE AS``; goal: at most 3 times the time. ``csv``: terminal sales with the headers of the
templates, imported with every check into a store that knows the shops, against a bare
``CREATE TABLE AS SELECT * FROM read_csv``; goals: at most 1.4 times the time, under 2 GB of memory. Its rows
come in the order in which the store keeps them, as programs write them; ``--shuffled`` in none, goal: at most
1.6 times. ``book``: ``read_file`` against a bare
calamine read of all cells; goal: at most 1.3 times. ``columns``: a sheet of 2,000 columns is understood;
goals: at most 2 seconds of processor time, and twice the columns at most 2.5 times as long.

Both sides run in turn in processes of their own, so that a busy machine slows both and memory is that of
one side; the figures are medians of the ratios, of wall time and of processor time. Ours begins without a
reader process, and the time of those it starts counts as its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.exchange.canonical.importing import load
from core.exchange.columns.proposing import propose_mapping
from core.exchange.readers import read_file
from core.sandbox import pool
from core.settings import Settings
from core.store.database import Store

ROOT = Path(__file__).resolve().parent.parent
TERMINALS = 100_000
PARTS = ("facts", "csv", "book", "columns")

Work = Callable[[], None]


def main() -> None:
    """Print times, ratios and memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "iowa")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--sheet-rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shuffled", action="store_true", help="rows of the large CSV in no order")
    options = parser.parse_args()
    # Catalogues and libraries are loaded once per process, and the processes below are forked off.
    read_file("区域,名称\n1,2\n".encode(), "warm.csv")
    for part in options.parts:
        with tempfile.TemporaryDirectory() as name:
            {"facts": facts, "csv": large_csv, "book": workbook, "columns": columns}[part](
                Path(name), options
            )


def facts(folder: Path, options: argparse.Namespace) -> None:
    """Import the Iowa facts into a store with their master data."""
    alone(lambda: write_facts(options.source, folder))
    store = folder / "store.duckdb"
    for ending in ("csv", "parquet"):
        file = folder / f"terminal_sales.{ending}"

        def own(file: Path = file) -> None:
            load_all(store, [file])

        def bare(file: Path = file) -> None:
            create_table(folder, f"'{file}'")

        compare(
            ending, (bare, own), 3.0, options.rounds, lambda: shutil.copy2(folder / "empty.duckdb", store)
        )


def large_csv(folder: Path, options: argparse.Namespace) -> None:
    """Import a CSV of any size into a store that holds the shops and companies it names."""
    file, ready, store = folder / "terminal_sales.csv", folder / "ready.duckdb", folder / "store.duckdb"
    alone(lambda: write_csv(folder, file, options.rows, shuffled=options.shuffled))
    alone(lambda: load_all(ready, [folder / "terminal.parquet", folder / "company.parquet"]))

    def own() -> None:
        load_all(store, [file])

    def bare() -> None:
        create_table(folder, f"read_csv('{file}')")

    goal = 1.6 if options.shuffled else 1.4
    compare("CSV", (bare, own), goal, options.rounds, lambda: shutil.copyfile(ready, store))


def workbook(folder: Path, options: argparse.Namespace) -> None:
    """Read the table out of a workbook."""
    path = folder / "book.xlsx"
    alone(lambda: write_book(path, options.sheet_rows))

    def own() -> None:
        assert read_file(path).tables[0].is_table

    def bare() -> None:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    compare("XLSX", (bare, own), 1.3, options.rounds)


def columns(folder: Path, options: argparse.Namespace) -> None:
    """Understand sheets of 1,000 and of 2,000 columns whose headers nobody knows."""
    del folder
    propose_mapping(["区域"], [["武汉市"]])
    medians = {}
    for count in (1_000, 2_000):
        times = []
        for turn in range(options.rounds):
            known = ["区域", "公司", "月份", "销售额(元)"]
            headers = [*known, *(f"第{turn}组指标{number}" for number in range(count - len(known)))]
            cells = [
                ["武汉市"],
                ["甲公司"],
                ["2024-01"],
                [1.0],
                *([float(at)] for at in range(count - len(known))),
            ]
            begun = time.process_time()
            propose_mapping(headers, cells)
            times.append(time.process_time() - begun)
        medians[count] = statistics.median(times)
        print(f"{count:,} columns: {medians[count]:.2f} s of processor time")
    print(f"2,000 against 1,000: {medians[2_000] / medians[1_000]:.2f} (goal 2.5; 2 s)")


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: seconds of wall and processor, and the most memory it held, in GB."""

    wall: float
    processor: float
    memory: float


def compare(
    name: str, sides: tuple[Work, Work], goal: float, rounds: int, before: Callable[[], object] = lambda: None
) -> None:
    """Run both sides in turn and print the medians of the ratios."""
    costs = []
    for _round in range(rounds):
        before()
        costs.append([alone(side) for side in sides])
        told = (
            f"{side} {cost.wall:.2f} s (processor {cost.processor:.2f} s) {cost.memory:.2f} GB"
            for side, cost in zip(("bare", "own"), costs[-1], strict=True)
        )
        print(f"{name:8}", ", ".join(told))
    walls = statistics.median(own.wall / bare.wall for bare, own in costs)
    processors = statistics.median(own.processor / bare.processor for bare, own in costs)
    print(f"{name:8} own / bare: {walls:.2f} x wall, {processors:.2f} x processor (goal: {goal})")


def alone(work: Work) -> Cost:
    """Run work in a process of its own and return what it took."""
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()

    def run() -> None:
        # A reader that waits for the parent is not ours.
        pool.idle.clear()
        wall, processor = time.perf_counter(), processor_seconds()
        work()
        wall, processor = time.perf_counter() - wall, processor_seconds() - processor
        queue.put(Cost(wall, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20))

    process = context.Process(target=run)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"The benchmark failed with code {process.exitcode}.")
    cost: Cost = queue.get()
    return cost


def processor_seconds() -> float:
    """Return the processor time of this process and of its readers, those that live and those that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() + ended.ru_utime + ended.ru_stime
    for process in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # Behind the name in brackets: the fields of proc(5), of which these are parent, user and system.
            fields = process.read_text("utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == os.getpid():
                seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def create_table(folder: Path, source: str) -> None:
    """Read a file into a new database, as DuckDB does by itself."""
    target = folder / "bare.duckdb"
    target.unlink(missing_ok=True)
    settings = Settings.from_environment()
    with duckdb.connect(
        str(target), config={"memory_limit": settings.memory, "threads": str(settings.threads)}
    ) as connection:
        connection.execute(f"CREATE TABLE facts AS SELECT * FROM {source}")


def load_all(target: Path, *groups: list[Path]) -> None:
    """Import files: every value, key and reference checked, stored sorted, logged."""
    with Store.open(target) as store:
        for files in groups:
            batches = load(store, files).batches
            assert all(batch.changes.inserted == batch.rows for batch in batches)


def write_facts(source: Path, folder: Path) -> None:
    """Make a store with the master data, and the facts as CSV and as Parquet."""
    regions = pq.read_table(source / "regions.parquet", columns=["region_id", "name", "lat", "lon"])
    shops = pq.read_table(
        source / "outlets.parquet", columns=["outlet_id", "name", "region_id", "lat", "lon"]
    )
    companies = pq.read_table(source / "vendors.parquet")
    sales = pq.read_table(source / "sales_monthly.parquet").rename_columns(
        ["month", "terminal_id", "company_id", "amount", "quantity"]
    )
    sales = sales.set_column(1, "terminal_id", sales.column("terminal_id").cast(pa.string()))
    with Store.open(folder / "empty.duckdb") as store:
        load(
            store,
            {
                "region": regions.append_column("level", pa.array(["county"] * regions.num_rows)),
                "company": companies.rename_columns(["company_id", "name"]),
                "terminal": shops.rename_columns(["terminal_id", "name", "region_id", "lat", "lon"]),
            },
        )
    pq.write_table(sales, folder / "terminal_sales.parquet")
    pcsv.write_csv(sales, folder / "terminal_sales.csv")
    print(f"{sales.num_rows:,} facts", flush=True)


def write_csv(folder: Path, file: Path, rows: int, *, shuffled: bool) -> None:
    """Write terminal sales: a row per shop, company and month; and a store's master data as Parquet."""
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT strftime(DATE '2000-01-01' + to_months(CAST(i // 500000 AS INTEGER)), '%Y-%m')"
            " AS month, 'T' || lpad(CAST((i // 5) % 100000 AS VARCHAR), 6, '0') AS terminal_id,"
            " 'C' || CAST(i % 5 AS VARCHAR) AS company_id, CAST((i * 7919) % 100000 AS VARCHAR) || '.25'"
            f" AS amount, i % 100 AS quantity FROM range({rows}) AS r(i)"
            f"{' ORDER BY HASH(i)' if shuffled else ''}) TO '{file}' (HEADER)"
        )
        connection.execute(
            "COPY (SELECT 'T' || lpad(CAST(i AS VARCHAR), 6, '0') AS terminal_id, 'Shop ' || i AS name"
            f" FROM range({TERMINALS}) AS r(i)) TO '{folder / 'terminal.parquet'}'"
        )
        connection.execute(
            "COPY (SELECT 'C' || i AS company_id, 'Company ' || i AS name FROM range(5) AS r(i))"
            f" TO '{folder / 'company.parquet'}'"
        )
    print(f"{rows:,} rows, {file.stat().st_size / 2**20:,.0f} MB", flush=True)


def write_book(path: Path, rows: int) -> None:
    """Write a workbook with title, unit and total."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["2024年3月终端销售明细"])
        sheet.write_row(1, 0, ["单位：元"])
        sheet.write_row(2, 0, ["月份", "终端编号", "公司", "销售额", "数量", "备注"])
        for row in range(rows):
            cells = ["2024-03", f"T{row:06}", f"公司{row % 5}", row * 1.25, row % 100, "无"]
            sheet.write_row(row + 3, 0, cells)
        sheet.write_row(rows + 3, 0, ["合计", None, None, 1.25 * rows * (rows - 1) / 2])
    print(f"{rows:,} rows, {path.stat().st_size / 2**20:,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
