"""Growing past one file: an import and its first page, roll-ups by several engines, an increment, a page.

    nice python benchmarks/cluster.py [--lines 50000000] [--folder DIR] [--parts import engines kills]
        [--engines duckdb sail] [--before COMMIT]

The generator writes the lines to a folder of its own, which is removed afterwards (``--folder`` keeps and
reuses them). ``import``: the lines by ``python -m core import``, then the first market page of a fresh
process, by this build and by the one before. ``engines``: ``python -m core rollup`` by each engine from the
same files, in full and after one month changed; equal rows; the market page on the version. ``kills``: runs
killed at random moments, after each of which there are whole versions only.

Every piece of work runs in a process of its own; memory is that of the process at its highest.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.build_before import build_before
from benchmarks.generated_lines import write_lines
from core.rollup.months import FIGURES, SALES, SHOPS
from core.rollup.version import newest, newest_number, numbers, read

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("import", "engines", "kills")
BEFORE = "46dd118"
IMPORTED = (
    "region",
    "company",
    "product",
    "market",
    "market_capacity",
    "market_sales",
    "employee",
    "dealer",
    "terminal",
)
FIRST_PAGE = """
    import datetime as dt, json, sys, time
    from pathlib import Path
    from core.reports.market.market import MarketRequest, choices, market_report
    from core.store.database import Store
    if sys.argv[2] == "store":
        store = Store.open(Path(sys.argv[1]), create=False)
    else:
        from core.rollup.replica import Replica
        from core.settings import Settings
        begun = time.perf_counter()
        store = Replica(Path(sys.argv[1]), Settings.from_environment()).store()
        print(f"opened in {time.perf_counter() - begun:.2f} s", file=sys.stderr)
    times = []
    for _round in range(5):
        begun = time.perf_counter()
        choices(store)
        request = MarketRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1), "county")
        report = market_report(store, request)
        times.append(time.perf_counter() - begun)
    store.close()
    print(json.dumps([times[0], min(times[1:]), len(report.regions), float(report.regions["own"].sum())]))
"""


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds of wall and processor, the most memory in GB, and what it printed."""

    wall: float
    processor: float
    memory: float
    printed: str

    def __str__(self) -> str:
        return f"{self.wall:7.1f} s ({self.processor:.1f} s of processor), {self.memory:.2f} GB"


def run(build: Path, *arguments: str | Path) -> Cost:
    """Run Python in a build's folder and return what it took."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=build,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        printed = process.stdout.read() if process.stdout else ""
        errors = process.stderr.read() if process.stderr else ""
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))[:200]} failed:\n{printed}{errors}")
    return Cost(
        time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, printed
    )


def import_part(data: Path, folder: Path, before: Path | None) -> None:
    """Import the lines and open the first market page, by both builds."""
    tables = [data / "tables" / f"{name}.parquet" for name in IMPORTED]
    for name, build in (("before", before), ("now", ROOT)):
        if build is None:
            continue
        store = folder / f"{name}.duckdb"
        run(build, "-m", "core", "import", "--store", store, *tables)
        lines = sorted((data / "lines").glob("*.parquet"))
        cost = run(build, "-m", "core", "import", "--store", store, "--table", "terminal_sales", *lines)
        print(f"{name:8} import {cost}, store {store.stat().st_size / 1e6:,.0f} MB", flush=True)
        page = run(build, "-c", textwrap.dedent(FIRST_PAGE), store, "store")
        first, second, regions, own = json.loads(page.printed)
        print(f"{name:8} page {first:.2f} s at first, {second:.2f} s then; {regions} regions, own {own:,.2f}")
        store.unlink()


def engines_part(data: Path, folder: Path, engines: list[str]) -> None:
    """Roll up by each engine in full, then after one month changed; compare; open the market page."""
    results = {}
    full, step = {}, {}
    for engine in engines:
        out = folder / f"versions-{engine.partition(':')[0]}"
        mine = changed_copy(data, folder / "copy")
        full[engine] = roll_up(mine, out, engine)
        halve_last_month(mine)
        step[engine] = roll_up(mine, out, engine)
        shutil.rmtree(mine)
        results[engine] = contents(out)
        share = step[engine].processor / full[engine].processor
        print(f"{engine:8} full      {full[engine]}", flush=True)
        print(
            f"{engine:8} one month {step[engine]}; {share:.3f} of the processor time of the full run",
            flush=True,
        )
        page = run(ROOT, "-c", textwrap.dedent(FIRST_PAGE), out, "versions")
        first, then, regions, own = json.loads(page.printed)
        print(f"{engine:8} page {first:.3f} s at first, {then:.3f} s then; {regions} regions, own {own:,.2f}")
    base = engines[0]
    for engine in engines[1:]:
        alike = {table: results[base][table] == rows for table, rows in results[engine].items()}
        ratio = full[engine].wall / full[base].wall
        print(f"{engine} against {base}: {ratio:.2f} x wall; equal rows: {alike}", flush=True)


def roll_up(data: Path, out: Path, engine: str) -> Cost:
    """Run the command."""
    facts = ("--facts", f"{data}/lines/*.parquet", "--tables", data / "tables")
    return run(ROOT, "-m", "core", "rollup", *facts, "--out", out, "--engine", engine)


def changed_copy(data: Path, folder: Path) -> Path:
    """Return the same files under names of their own."""
    for path in data.rglob("*.parquet"):
        target = folder / path.relative_to(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(path)
    return folder


def halve_last_month(data: Path) -> None:
    """Drop every second line of the last month."""
    path = sorted((data / "lines").glob("*.parquet"))[-1]
    rows = pq.read_table(path)
    path.unlink()
    pq.write_table(rows.take(pa.array(range(0, rows.num_rows, 2))), path, compression="zstd")


def contents(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return hash sums of the newest version's tables, without doubles, which engines add in any order."""
    version = newest(out)
    assert version is not None
    found = {}
    for table in (SALES, FIGURES, SHOPS):
        files = [str(out / part.path) for part in version.of(table)]
        with duckdb.connect() as connection:
            source = connection.read_parquet(files, hive_partitioning=False)
            names = [n for n, kind in zip(source.columns, source.types, strict=True) if str(kind) != "DOUBLE"]
            found[table] = connection.execute(
                f"SELECT COUNT(*), SUM(HASH({', '.join(names)}))"
                f" FROM read_parquet({files}, hive_partitioning = false)"
            ).fetchall()
    return found


def kills_part(data: Path, folder: Path, kills: int) -> None:
    """Kill runs at random moments; whatever is there then is whole, and the next run goes on."""
    random_moment = random.Random(1)
    mine, out = changed_copy(data, folder / "killed"), folder / "versions-killed"
    whole = roll_up(mine, out, "duckdb").wall
    before, killed = newest_number(out), 0
    for turn in range(kills):
        path = sorted((mine / "lines").glob("*.parquet"))[turn % 12]
        rows = pq.read_table(path)
        path.unlink()
        pq.write_table(rows.slice(1), path, compression="zstd")
        facts = ("--facts", f"{mine}/lines/*.parquet", "--tables", str(mine / "tables"), "--out", str(out))
        process = subprocess.Popen(
            [sys.executable, "-m", "core", "rollup", *facts], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            process.wait(random_moment.uniform(0.0, whole))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        for number in numbers(out):
            for part in read(out, number).parts:
                assert (out / part.path).stat().st_size == part.size, part
                assert pq.read_metadata(out / part.path).num_rows == part.rows, part
    last = roll_up(mine, out, "duckdb")
    print(f"{killed} of {kills} runs killed: whole versions each time, {before} to {newest_number(out)}")
    print(f"the run after the last kill: {last}; whole: {contents(out) == fresh_contents(mine, folder)}")


def fresh_contents(data: Path, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what a first run makes of the same files."""
    roll_up(data, folder / "versions-fresh", "duckdb")
    return contents(folder / "versions-fresh")


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=50_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--engines", nargs="+", default=["duckdb", "sail"])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--before", default=BEFORE, help="the build beside; “none” for none")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.folder)))
        data = (options.folder or folder) / f"lines-{options.lines}"
        if not data.exists():
            write_lines(data, options.lines)
        if "import" in options.parts:
            before = None if options.before == "none" else stack.enter_context(build_before(options.before))
            import_part(data, folder, before)
        if "engines" in options.parts:
            engines_part(data, folder, options.engines)
        if "kills" in options.parts:
            kills_part(data, folder, options.kills)


if __name__ == "__main__":
    main()
