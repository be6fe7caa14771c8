"""From starting the app to its first screen, and what it takes of memory at rest.

    python benchmarks/first_screen.py [--rounds N] [--before COMMIT]

The app is started on the demonstration region, made before. Printed are the seconds from starting the process
until it answers and until the overview stands still in a headless Chromium, the processor time of the process
until then, and its own memory (proportional set size): once it answers and nobody came, and ten seconds after
the first screen. What else the machine does lengthens the times, not the processor time nor the memory.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from benchmarks.build_before import ROOT, build_before
from benchmarks.pages import SCREEN, STILL, WATCH
from tests.browser.conftest import FLAGS, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STILL_MS, LONGEST_MS, REST_SECONDS = 350, 120_000, 10


@dataclass(frozen=True)
class Start:
    """Seconds until the app answers and until its first screen, processor seconds, MB at rest."""

    answers: float
    screen: float
    processor: float
    empty_mb: float
    used_mb: float


def _app() -> Path:
    """Return the folder under /proc of the server that this process started; what compiles ahead is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == os.getpid() and b"streamlit" in (folder / "cmdline").read_bytes():
                return folder
    raise RuntimeError("the app is not running")


def _memory_mb(app: Path) -> float:
    """Return the proportional set size of a process."""
    lines = (app / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _processor_seconds(app: Path) -> float:
    user, system = (app / "stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def measured(browser: Browser, store: Path, root: Path) -> Start:
    """Start the app once, look at its first page, and end it."""
    began = time.perf_counter()
    with running(store, store.parent / "app.log", root=root) as server:
        answers = time.perf_counter() - began
        app = _app()
        empty = _memory_mb(app)
        context = browser.new_context(viewport=SCREEN, locale="zh-CN")
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        page.locator("h1").first.wait_for(timeout=LONGEST_MS)
        page.wait_for_function(STILL, arg=STILL_MS, timeout=LONGEST_MS, polling=50)
        screen = time.perf_counter() - began - STILL_MS / 1000
        processor = _processor_seconds(app)
        context.close()
        time.sleep(REST_SECONDS)
        return Start(answers, screen, processor, empty, _memory_mb(app))


def main() -> None:
    """Measure each build as often as asked, in turns, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", metavar="COMMIT", help="measure this build beside it")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        playwright = stack.enter_context(sync_playwright())
        builds = {"now": ROOT}
        if options.before:
            builds["before"] = stack.enter_context(build_before(options.before))
        stores = {name: Path(folder) / name / "market.duckdb" for name in builds}
        for name, root in builds.items():
            stores[name].parent.mkdir(exist_ok=True)
            command = [sys.executable, "-m", "core", "sample", "--store", str(stores[name])]
            subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        found: dict[str, list[Start]] = {name: [] for name in builds}
        for _round in range(options.rounds + 1):
            for name, root in builds.items():
                found[name].append(measured(browser, stores[name], root))
        browser.close()
    print(f"machine load {os.getloadavg()[0]:.1f}, {options.rounds} rounds after one to warm up, medians")
    for name, starts in found.items():
        middle = {
            field: statistics.median(getattr(start, field) for start in starts[1:])
            for field in Start.__dataclass_fields__
        }
        print(
            f"{name:7} answers {middle['answers']:.1f} s, first screen {middle['screen']:.1f} s,"
            f" processor {middle['processor']:.1f} s;"
            f" memory {middle['empty_mb']:.0f} MB, after the first screen {middle['used_mb']:.0f} MB"
        )


if __name__ == "__main__":
    main()
