"""How long monthly reports take: one in a fresh process, all regions at once, and whether memory stays flat.

    python benchmarks/report.py [STORE]

Without a store, the demonstration region of 6,000 shops is made. First one county's report in a process of
its own, from the start of Python to the file; then all cities and counties, 101, in one process. The ratio
compares them with as many fresh processes of one report each, which is what one does without the command; it
doesn't depend on the machine. Memory is what the process held after ten reports and after the last.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from core.i18n import use_language
from core.reports.monthly.files import FileForm, reports_of_level, write_each
from core.reports.monthly.request import ReportOptions, report_request
from core.sample import build_sample
from core.store.database import Store
from core.store.progress import Watch

ROOT = Path(__file__).resolve().parents[1]
LEVELS = ("city", "county")
EARLY, MEGABYTE = 10, 1_000_000
FRESH = 3
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    use_language("zh_CN")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "market.duckdb"
        if len(sys.argv) < 2:
            build_sample(store)
        for kind in ("pptx", "pdf", "xlsx"):
            fresh = min(one(store, folder / f"one.{kind}") for _run in range(FRESH))
            count, took, early, late = together(store, kind)
            ratio = fresh * count / took
            print(
                f"{kind}: one region {fresh:.1f} s in a fresh process; {count} regions {took:.1f} s together "
                f"({took / count:.2f} s each, {ratio:.1f} × as fast as one by one); memory after {EARLY} "
                f"{early:.0f} MB, after all {late:.0f} MB"
            )


def one(store: Path, out: Path) -> float:
    """Return how long a county's report takes, the start of Python included."""
    command = [sys.executable, "-m", "core", "report", "--store", str(store), "--region", "990101"]
    started = time.perf_counter()
    subprocess.run([*command, "--out", str(out)], check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - started


def together(path: Path, kind: str) -> tuple[int, float, float, float]:
    """Return number of reports, seconds, and megabytes held early and at the end."""
    held: list[float] = []
    started = time.perf_counter()
    with Store.open(path, create=False) as store:
        for level in LEVELS:
            request = report_request(store, ReportOptions(level=level))
            reports = reports_of_level(store, request, level, Watch())
            write_each(reports, FileForm(kind), lambda _name, _data: held.append(resident()), "2026-10")
    return len(held), time.perf_counter() - started, held[EARLY - 1], held[-1]


def resident() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE / MEGABYTE


if __name__ == "__main__":
    main()
