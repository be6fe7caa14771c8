"""Large files as people bring them: a CSV that streams in, and a large workbook.

Run ``python benchmarks/import_files.py [--rows 20000000] [--sheet-rows 200000] [--rounds 3]``.

CSV: terminal sales with the headers of the templates, imported with every check, against a bare DuckDB
``CREATE TABLE AS SELECT * FROM read_csv``; goals: at most twice the time, under 4 GB of memory. Workbook:
``read_file`` against a bare calamine read of all cells; goal: at most 1.5 times. Both sides run in turn in
processes of their own, so that a busy machine slows both and memory is that of one side.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.exchange.importing import load
from core.exchange.readers import read_file
from core.settings import Settings
from core.store.database import Store

TERMINALS = 100_000


def main() -> None:
    """Print times, ratios and memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--sheet-rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_csv(folder, options.rows)
        compare("CSV", options.rounds, lambda: bare_csv(folder, file), lambda: import_csv(folder, file), 2.0)
        # Catalogues and libraries are loaded once per process, and the processes below are forked off.
        read_file("区域,名称\n1,2\n".encode(), "warm.csv")
        book = write_book(folder, options.sheet_rows)
        compare("XLSX", options.rounds, lambda: bare_book(book), lambda: read_book(book), 1.5)


def compare(name: str, rounds: int, bare: Callable[[], None], own: Callable[[], None], goal: float) -> None:
    """Run both sides in turn and print the median of the ratios."""
    ratios = []
    for _round in range(rounds):
        bare_time, bare_memory = alone(bare)
        own_time, own_memory = alone(own)
        ratios.append(own_time / bare_time)
        sides = (("bare", bare_time, bare_memory), ("own", own_time, own_memory))
        print(name, ", ".join(f"{side} {seconds:.2f} s {memory:.2f} GB" for side, seconds, memory in sides))
    print(f"{name:5} own / bare: {statistics.median(ratios):.2f} x (goal: {goal})")


def alone(work: Callable[[], None]) -> tuple[float, float]:
    """Run work in a process of its own and return its seconds and the most memory it held, in GB."""
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()

    def run() -> None:
        start = time.perf_counter()
        work()
        queue.put((time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20))

    process = context.Process(target=run)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"The benchmark failed with code {process.exitcode}.")
    seconds, memory = queue.get()
    return seconds, memory


def write_csv(folder: Path, rows: int) -> Path:
    """Write terminal sales: a row per shop, company and month; and a store's master data as Parquet."""
    file = folder / "terminal_sales.csv"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT strftime(DATE '2000-01-01' + to_months(CAST(i // 500000 AS INTEGER)), '%Y-%m')"
            " AS month, 'T' || lpad(CAST((i // 5) % 100000 AS VARCHAR), 6, '0') AS terminal_id,"
            " 'C' || CAST(i % 5 AS VARCHAR) AS company_id, CAST((i * 7919) % 100000 AS VARCHAR) || '.25'"
            f" AS amount, i % 100 AS quantity FROM range({rows}) AS r(i)) TO '{file}' (HEADER)"
        )
        connection.execute(
            "COPY (SELECT 'T' || lpad(CAST(i AS VARCHAR), 6, '0') AS terminal_id, 'Shop ' || i AS name"
            f" FROM range({TERMINALS}) AS r(i)) TO '{folder / 'terminal.parquet'}'"
        )
        connection.execute(
            "COPY (SELECT 'C' || i AS company_id, 'Company ' || i AS name FROM range(5) AS r(i))"
            f" TO '{folder / 'company.parquet'}'"
        )
    print(f"{rows:,} rows, {file.stat().st_size / 2**20:,.0f} MB")
    return file


def bare_csv(folder: Path, file: Path) -> None:
    """Read the file into a new database, as DuckDB does by itself."""
    target = folder / "bare.duckdb"
    target.unlink(missing_ok=True)
    settings = Settings.from_environment()
    options = {"memory_limit": settings.memory, "threads": str(settings.threads)}
    with duckdb.connect(str(target), config=options) as connection:
        connection.execute(f"CREATE TABLE facts AS SELECT * FROM read_csv('{file}')")


def import_csv(folder: Path, file: Path) -> None:
    """Import the file: every value, key and reference checked, stored sorted, logged."""
    target = folder / "store.duckdb"
    target.unlink(missing_ok=True)
    with Store.open(target) as store:
        load(store, [folder / "terminal.parquet", folder / "company.parquet"])
        result = load(store, [file])
    assert result.batches[0].changes.inserted == result.batches[0].rows


def write_book(folder: Path, rows: int) -> Path:
    """Write a workbook with title, unit and total."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["2024年3月终端销售明细"])
        sheet.write_row(1, 0, ["单位：元"])
        sheet.write_row(2, 0, ["月份", "终端编号", "公司", "销售额", "数量", "备注"])
        for row in range(rows):
            cells = ["2024-03", f"T{row:06}", f"公司{row % 5}", row * 1.25, row % 100, "无"]
            sheet.write_row(row + 3, 0, cells)
        sheet.write_row(rows + 3, 0, ["合计", None, None, 1.25 * rows * (rows - 1) / 2])
    return path


def bare_book(path: Path) -> None:
    """Read all cells, as calamine does by itself."""
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def read_book(path: Path) -> None:
    """Read the table out of the workbook."""
    assert read_file(path).tables[0].is_table


if __name__ == "__main__":
    main()
