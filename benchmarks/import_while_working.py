"""Saving a form and opening the market page while the Iowa facts are imported, beside the build before.

    python benchmarks/import_while_working.py [SOURCE] [--months N] [--no-before]

A store holds the facts of the last 24 months. All 3.16 million (or those of the last N months) are imported
over them; meanwhile one thread saves forms and another asks for the market report of the counties. Printed
per build: how long the import took, and median, 95 % and longest of both, in seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path.cwd()))
SOURCE = Path(__file__).resolve().parents[2] / "shared" / "data" / "iowa"
START, END = dt.date(2021, 11, 1), dt.date(2022, 10, 1)
BASE = ("region", "company", "product", "terminal")


def prepare(source: Path, folder: Path, months: int) -> None:
    """Write the canonical files; ``terminal_sales`` twice, the last 24 months apart."""
    from benchmarks.iowa import convert

    convert(source, folder)
    facts = pq.read_table(folder / "terminal_sales.parquet")
    days = facts["month"].combine_chunks().unique().sort()
    (folder / "base").mkdir()
    for place, count in ((folder / "base", 24), (folder, months)):
        since = days[max(0, len(days) - count)]
        pq.write_table(
            facts.filter(pc.greater_equal(facts["month"], since)), place / "terminal_sales.parquet"
        )


def measure(folder: Path) -> dict[str, object]:
    """Import while others work, with the build in the current folder."""
    from core.customers.forms import form
    from core.store.database import Store

    try:
        from core.exchange.canonical.importing import load
        from core.reports.market.market import MarketRequest, market_report
        from core.store.forms import forms
        from core.store.forms.rows import FormKey
    except ImportError:  # the build before
        from core.exchange.importing import load
        from core.store.form_rows import FormKey

        from core.reports.market import MarketRequest, market_report
        from core.store import forms
    request = MarketRequest("260", START, END, "county")
    done = threading.Event()

    def repeat(work: Callable[[int], object], pause: float, seconds: list[float]) -> None:
        while not done.is_set():
            begun = time.perf_counter()
            work(len(seconds))
            seconds.append(time.perf_counter() - begun)
            done.wait(pause)

    with tempfile.TemporaryDirectory() as place, Store.open(Path(place) / "store.duckdb") as store:
        load(store, [*(folder / f"{name}.parquet" for name in BASE), folder / "base/terminal_sales.parquet"])
        market_report(store, request)
        shop = store.fetch("SELECT MIN(t.terminal_id) AS id FROM terminal AS t").to_pylist()[0]["id"]
        key = FormKey(form("contacts"), "terminal", shop)

        def save(number: int) -> None:
            forms.save(store, key, {"name": f"n{number}", "function": "purchasing"}, expected_version=0)

        saves: list[float] = []
        pages: list[float] = []
        threads = [
            threading.Thread(target=repeat, args=(save, 0.1, saves)),
            threading.Thread(target=repeat, args=(lambda _number: market_report(store, request), 0.2, pages)),
        ]
        for thread in threads:
            thread.start()
        begun = time.perf_counter()
        import_as_page(lambda: load(store, [folder / "terminal_sales.parquet"]))
        took = time.perf_counter() - begun
        done.set()
        for thread in threads:
            thread.join()
    return {"import": took, "save": quantiles(saves), "page": quantiles(pages)}


def import_as_page(work: Callable[[], object]) -> None:
    """Import in the background, as the data page does, and wait for the end."""
    from pages._ui.jobs import Job

    try:
        job = Job(lambda _watch: work(), gives_way=True)
    except TypeError:  # the build before
        job = Job(lambda _watch: work())
    job.start().done.wait()
    if job.error is not None:
        raise job.error


def quantiles(seconds: list[float]) -> list[float]:
    """Return median, 95 % and longest."""
    return [float(value) for value in np.quantile(seconds, (0.5, 0.95, 1.0))]


def main() -> None:
    """Measure both builds, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, default=SOURCE)
    parser.add_argument("--months", type=int, default=1000)
    parser.add_argument("--no-before", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    from benchmarks.build_before import ROOT, build_before

    with tempfile.TemporaryDirectory() as place, build_before() as before:
        folder = Path(place)
        prepare(options.source, folder, options.months)
        for name, build in {"now": ROOT, **({} if options.no_before else {"before": before})}.items():
            call = [sys.executable, __file__, "--measure", str(folder)]
            out = subprocess.run(call, cwd=build, check=True, capture_output=True, text=True).stdout
            found = json.loads(out.splitlines()[-1])
            print(f"{name}: import {found['import']:.1f} s")
            for what in ("save", "page"):
                median, most, longest = found[what]
                print(f"  {what}: median {median:.2f}, 95 % {most:.2f}, longest {longest:.2f} s")


if __name__ == "__main__":
    main()
