"""A visit log of a million rows: how long it takes to import, and to show what was done of the plans.

``python benchmarks/adherence.py [--visits 1000000] [--terminals 20000] [--keep STORE]``

The log covers twelve months of the demonstration region, every shop visited equally often; 5 % of the visits
are on the wrong day of the plan. Plans of the last four weeks are saved for all reps. Shown is what the
page 拜访计划 reads for 执行情况: the rep's own figures, and the board of all reps. Each is asked five times;
the first time is that of a store just opened.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.reports.visits.adherence import CYCLE, adherence
from core.reports.visits.request import VisitRequest, default_start, own_company
from core.sample import build_sample
from core.store.database import Store
from core.store.visits import plans as store_visits

ROOT = Path(__file__).resolve().parent.parent
MONTHS = 12
AGAIN = 5
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--terminals", type=int, default=20_000)
    parser.add_argument(
        "--keep", type=Path, help="where the store stays; a store that is there is used again"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = options.keep or Path(name) / "market.duckdb"
        if not path.exists():
            build_sample(path, terminals=options.terminals, seed=1)
            import_log(path, write_log(path, Path(name) / "visit.parquet", options.visits))
            save_plans(path)
        show(path)


def write_log(store_path: Path, file: Path, count: int) -> Path:
    """Write a log of visits on the working days of a year, spread evenly over the shops that have a rep."""
    with Store.open(store_path, create=False) as store:
        shops = store.fetch(
            "SELECT t.terminal_id, t.employee_id FROM terminal AS t"
            " WHERE t.employee_id IS NOT NULL AND t.status <> 'closed' ORDER BY t.terminal_id"
        ).to_pandas()
        last = store_visits.last_visit_day(store) or dt.date(2026, 10, 31)
    random = np.random.default_rng(1)
    days = pd.bdate_range(end=last, periods=MONTHS * 21).to_numpy("datetime64[m]")
    # A shop is seen on one day at most once: every visit takes another of the shop's days.
    number = np.arange(count)
    shop, turn = number % len(shops), number // len(shops)
    step = max(len(days) // max(count // len(shops) + 1, 1), 1)
    day = days[(shop * 7 + turn * step) % len(days)]
    begins = day + random.integers(510, 1020, count).astype("timedelta64[m]")
    ends = begins + random.integers(5, 60, count).astype("timedelta64[m]")
    table = pa.table(
        {
            "visit_id": [f"L{n:08d}" for n in range(count)],
            "employee_id": shops["employee_id"].to_numpy()[shop],
            "terminal_id": shops["terminal_id"].to_numpy()[shop],
            "start_at": begins.astype("datetime64[us]"),
            "end_at": ends.astype("datetime64[us]"),
            "effective": random.random(count) < 0.8,
        }
    )
    pq.write_table(table, file)
    return file


def import_log(store_path: Path, file: Path) -> None:
    """Import the log in place of the demonstration's, through the command, and print how long it takes."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "core", "import", str(file), "--store", str(store_path), "--replace"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    rows = pq.read_metadata(file).num_rows
    print(f"import of {rows:,} visits: {took:.1f} s, {rows / took:,.0f} rows a second")


def save_plans(store_path: Path) -> None:
    """Save for every rep a plan of the last four weeks that the log fulfils but for one visit in twenty."""
    with Store.open(store_path, create=False) as store:
        end = default_start(store)
        done = store.fetch(
            "SELECT v.employee_id, v.terminal_id, CAST(v.start_at AS DATE) AS day FROM visit AS v"
            " WHERE v.start_at >= $first AND v.start_at < $end",
            {"first": end - CYCLE, "end": end},
        ).to_pandas()
        done["day"] = pd.to_datetime(done["day"]).dt.date
        random = np.random.default_rng(2)
        for rep, rows in done.drop_duplicates().groupby("employee_id"):
            moved = random.random(len(rows)) < 0.05
            off = [day + dt.timedelta(5 * int(m)) for day, m in zip(rows["day"], moved, strict=True)]
            stops = pd.DataFrame({"day": off, "position": 1, "terminal_id": rows["terminal_id"]})
            stops = stops.assign(begins=540.0, minutes=20.0, travel_minutes=5.0, km=2.0)
            header = store_visits.PlanHeader(str(rep), end - CYCLE, 4, 1.0, 1.0, "benchmark")
            store_visits.save_plan(store, header, stops)


def show(path: Path) -> None:
    """Print how long the figures of one rep and of all reps take, the first time and then."""
    with Store.open(path, create=False) as store:
        end = default_start(store)
        request = VisitRequest(own_company(store), end, fit=True)
        plans = store_visits.plans(store)
        rep = str(plans.loc[plans["visits"].idxmax(), "employee_id"])
        visits = store.fetch("SELECT COUNT(*) AS n FROM visit").to_pylist()[0]["n"]
        print(f"{visits:,} visits, {len(plans):,} plans; the rep shown has the most visits")
        found = timed(lambda: adherence(store, request, rep, end), "one rep")
        board = timed(lambda: store_visits.board(store, end - CYCLE, end), "all reps")
        rates = {name: round(value, 3) for name, value in found.rates.items()}
        print(f"the rep: {rates}; the board: {len(board):,} reps, {int(board['visits'].sum()):,} visits")


def timed(ask: Callable[[], T], label: str) -> T:
    """Ask a few times, print the times, return the last answer."""
    times = []
    for _again in range(AGAIN):
        began = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - began)
    first, later = times[0], times[1:]
    print(f"{label:10} first {first:.3f} s, then {np.median(later):.3f} s, at most {max(later):.3f} s")
    return answer


if __name__ == "__main__":
    main()
