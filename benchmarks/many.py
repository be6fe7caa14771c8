"""Fifty people at once, with and without an import of three million rows; the build before as well.

    python benchmarks/many.py [--minutes N] [--sessions N] [--rows N] [--think S] [--no-before]
                              [--only with|without] [--endless]

The app runs on the demonstration region in a process of its own. Each person is a websocket client that
speaks Streamlit's protocol: opens real pages, clicks regions, changes fields, thinks between two clicks. With
the import, a file of sales is imported in the app's own process, as the data page does, from a tenth of the
time on; with ``--endless`` it is taken back and imported again in turns, all the time, which nobody does, as
every import ends all answers that pages keep. Printed per build and case: clicks, errors, median, 95 % and
longest click in seconds, the slowest pages; memory of the app and its workers in the last third against the
middle third; the imports made, and 95 % of the clicks from their begin until a minute after their end.

The clients run on the same machine and take about a tenth of a core. Full run: ``python benchmarks/many.py``
where nothing else runs, four times ten minutes. ``--minutes 1 --no-before`` shows that it works.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.build_before import ROOT, build_before
from benchmarks.many_session import Results, Session
from core.sample import build_sample
from core.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = "46dd118"
"""The build before teams: what these figures are compared with."""
GOALS = {"with": 1.5, "without": 0.7}
"""Seconds that 95 % of clicks may take, with and without import."""
FLAT = 0.05
TERMINALS = 6_000
MEGABYTE = 1_000_000
LOG_END = 10_000
AFTER = 60.0
"""Seconds after an import in which its clicks still count as beside it: answers are made anew."""
RAMP = 20.0
"""Seconds over which people arrive."""


@dataclass
class Watcher:
    """Looks at the memory of a process and its children once a second."""

    pid: int
    seen: list[tuple[float, float]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look until told to stop."""
        while not self.done.wait(1.0):
            self.seen.append((time.monotonic(), sum(map(_own_bytes, _family(self.pid))) / MEGABYTE))

    def thirds(self, begun: float, ended: float) -> tuple[float, float]:
        """Return the mean megabytes of the middle and of the last third."""
        third = (ended - begun) / 3
        of = [
            np.array([m for t, m in self.seen if begun + k * third <= t < begun + (k + 1) * third])
            for k in (1, 2)
        ]
        return float(of[0].mean()), float(of[1].mean())


def _family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _family(int(child))
        except OSError:
            continue
    return found


def _own_bytes(pid: int) -> int:
    """Return the memory that is a process's own; pages of files it has mapped are the system's."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("RssAnon", "RssShmem")))


def make_sales(store: Path, target: Path, rows: int) -> None:
    """Write sales of earlier months for the shops of a store."""
    with Store.open(store) as opened:
        shops = opened.fetch("SELECT t.terminal_id AS v FROM terminal AS t ORDER BY 1")["v"].to_pylist()
        products = opened.fetch(
            "SELECT p.product_id AS p, p.company_id AS c FROM product AS p ORDER BY 1"
        ).to_pylist()
    number = np.arange(rows)
    shop, rest = number % len(shops), number // len(shops)
    product, month = rest % len(products), rest // len(products)
    months = [dt.date(2022 - m // 12, 12 - m % 12, 1) for m in range(int(month.max()) + 1)]
    columns = {
        "month": pa.array(months).take(pa.array(month)),
        "terminal_id": pa.array(shops).take(pa.array(shop)),
        "company_id": pa.array([row["c"] for row in products]).take(pa.array(product)),
        "product_id": pa.array([row["p"] for row in products]).take(pa.array(product)),
        "amount": pa.array(np.round(np.random.default_rng(1).lognormal(6, 1, rows), 2)),
    }
    pq.write_table(pa.table(columns), target)


@contextmanager
def serving(build: Path, store: Path, sales: Path, log: Path) -> Iterator[tuple[str, int]]:
    """Run the app of a build; give host and port, and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "SHENGENG_STORE": str(store),
        "SHENGENG_TEMP": str(store.parent / "tmp"),
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "benchmarks" / "many_server.py"), str(sales), str(port)],
            cwd=build,
            env=environment,
            stdout=output,
            stderr=output,
        )
    address = f"localhost:{port}"
    try:
        deadline = time.monotonic() + 600
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text())
            time.sleep(0.2)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _get(address: str, path: str) -> Any:  # noqa: ANN401 - whatever the address answers
    with urllib.request.urlopen(f"http://{address}{path}", timeout=3_600) as answer:
        return json.loads(answer.read())


async def crowd(address: str, options: argparse.Namespace, until: float) -> Results:
    """Let people arrive and work until a moment."""
    results, regions = Results(), _get(address, "/bench/regions")
    tasks = []
    for number in range(options.sessions):
        session = Session(address, regions, results, seed=number)
        tasks.append(asyncio.create_task(session.work(until, options.think)))
        await asyncio.sleep(min(RAMP, options.minutes * 10) / options.sessions)
    await asyncio.gather(*tasks)
    return results


def import_on(address: str, start: float, until: float | None, made: list[dict[str, Any]]) -> None:
    """Import once, or import and take back in turns until a moment; the last one is waited for."""
    time.sleep(max(start - time.monotonic(), 0.0))
    while not made or (until is not None and time.monotonic() < until):
        begun = time.monotonic()
        made.append({**_get(address, "/bench/import"), "begun": begun})


def measure(name: str, build: Path, options: argparse.Namespace, case: str, place: Path) -> bool:
    """Measure a build with or without import and print the figures; tell whether the goals are met."""
    store = place / f"{name}-{case}.duckdb"
    subprocess.run(["cp", str(place / "sample.duckdb"), str(store)], check=True)
    log = place / f"{name}-{case}.log"
    made: list[dict[str, Any]] = []
    with serving(build, store, place / "terminal_sales.parquet", log) as (address, pid):
        watcher = Watcher(pid)
        threading.Thread(target=watcher.run, daemon=True).start()
        begun = time.monotonic()
        until = begun + options.minutes * 60
        times = begun + options.minutes * 6, until if options.endless else None
        worker = threading.Thread(target=import_on, args=(address, *times, made), daemon=True)
        if case == "with":
            worker.start()
        results = asyncio.run(crowd(address, options, until))
        ended = time.monotonic()
        if case == "with":
            worker.join()
        watcher.done.set()
    return report(f"{name}, {case} import", results, watcher.thirds(begun, ended), made, GOALS[case], log)


def report(
    title: str,
    results: Results,
    memory: tuple[float, float],
    made: list[dict[str, Any]],
    goal: float,
    log: Path,
) -> bool:
    """Print what was seen, with the end of the log where something failed; tell whether the goals are met."""
    seconds = np.array([click[2] for click in results.clicks] or [np.nan])
    median, most, longest = np.quantile(seconds, (0.5, 0.95, 1.0))
    growth = memory[1] / memory[0] - 1
    errors = [*results.errors, *(row["error"] for row in made if row["error"])]
    opening = np.quantile(results.openings or [np.nan], 0.95)
    print(
        f"{title}: {len(results.clicks)} clicks, {len(errors)} errors; median {median:.2f}, 95 % {most:.2f},"
        f" longest {longest:.2f} s (goal {goal} s); opening 95 % {opening:.2f} s;"
        f" memory {memory[0]:.0f} -> {memory[1]:.0f} MB ({growth:+.1%}); load {os.getloadavg()[0]:.1f}"
    )
    pages = sorted({click[1] for click in results.clicks})
    slow = {page: np.quantile([s for _t, p, s in results.clicks if p == page], 0.95) for page in pages}
    print(
        "  95 % by page: "
        + ", ".join(f"{p} {slow[p]:.2f}" for p in sorted(slow, key=slow.__getitem__, reverse=True))
    )
    if made:
        print("  " + ", ".join(f"{row['what']} {row['seconds']:.0f} s" for row in made))
        during = [
            s for t, _page, s in results.clicks
            if any(row["begun"] < t < row["begun"] + row["seconds"] + AFTER for row in made)
        ]  # fmt: skip
        print(f"  {len(during)} clicks beside them: 95 % {np.quantile(during or [np.nan], 0.95):.2f} s")
    for error in sorted(set(errors))[:10]:
        print(f"  error: {error[:300]}")
    if errors:
        print(log.read_text()[-LOG_END:])
    sys.stdout.flush()
    return not errors and most <= goal and abs(growth) <= FLAT


def main() -> None:
    """Measure both builds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--think", type=float, default=10.0, help="seconds between two clicks of one person")
    parser.add_argument("--only", choices=sorted(GOALS))
    parser.add_argument("--no-before", action="store_true")
    parser.add_argument("--endless", action="store_true", help="import and take back all the time")
    options = parser.parse_args()
    cases = [options.only] if options.only else ["without", "with"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        build_sample(place / "sample.duckdb", terminals=TERMINALS, seed=1)
        make_sales(place / "sample.duckdb", place / "terminal_sales.parquet", options.rows)
        met = [measure("now", ROOT, options, case, place) for case in cases]
        if not options.no_before:
            with build_before(BEFORE) as before:
                for case in cases:
                    measure("before", before, options, case, place)
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
