"""From a click to a screen that stands still, in a real browser on the demonstration region.

    python benchmarks/pages.py [--pages NAMES] [--kinds NAMES] [--rounds N] [--before COMMIT] [--terminals N]

The app is started on a fresh demonstration region and driven by a headless Chromium at 1366 x 768:

=======  =========================================================================================
load     each page by its address, in a browser that has nothing of it yet: goal 2 s
menu     each page by a click in the menu, seen before: goal 0.5 s
inside   every tab, choice, mark of a chart and row of a table of each page, clicked: goal 0.3 s
=======  =========================================================================================

An answer is computed once for everybody: the first click of all stands beside as ``first``.
Times are taken inside the browser, from the click to the last thing that moved: the page's elements, a file
that was fetched, a stroke on a canvas. ``--before`` measures another build beside it.
What else the machine does lengthens all of them, so the load is printed as well.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from benchmarks.build_before import ROOT, build_before
from pages._ui.shell.navigation import FIRST, HIDDEN, SECTIONS
from tests.browser.conftest import FLAGS, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

GOALS = {"load": 2.0, "menu": 0.5, "inside": 0.3}
ADDRESSES = [address for pages in SECTIONS.values() for __, address, *_rest in pages]
SCREEN = {"width": 1366, "height": 768}
# Nothing moved for so long: the screen stands still.
STILL_MS = 350
LONGEST_MS = 60_000
# Notes when something last moved, in the browser's own clock.
WATCH = (Path(__file__).parent / "pages_watch.js").read_text(encoding="utf-8")
STILL = "(ms) => window.watch.isStill(ms)"
# What can be clicked without leaving the page or changing the data.
CHOICES = "window.watch.choices()"
Times = dict[tuple[str, str], list[float]]


def settled(page: Page) -> float:
    """Return the seconds from the last click, or the page's start, to the last thing that moved."""
    page.wait_for_function(STILL, arg=STILL_MS, timeout=LONGEST_MS, polling=50)
    return float(page.evaluate("window.watch.seconds()"))


def load(browser: Browser, url: str, address: str) -> float:
    """Return what a page takes by its address in a browser that has nothing yet."""
    with contextlib.closing(fresh(browser)) as context:
        page = context.new_page()
        page.goto(f"{url}/{address}", wait_until="commit")
        return settled(page)


def fresh(browser: Browser) -> BrowserContext:
    """Return a browser without a memory, that notes what moves."""
    context = browser.new_context(viewport=SCREEN, locale="zh-CN")
    context.set_default_timeout(LONGEST_MS)
    context.add_init_script(WATCH)
    return context


def menu(page: Page, address: str) -> float:
    """Return what a page takes by a click in the menu."""
    link = page.locator(f"[data-testid=stSidebarNavLink][href$='/{'' if address == FIRST else address}']")
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    return click(page, box["x"] + 40, box["y"] + box["height"] / 2)


def click(page: Page, x: float, y: float) -> float:
    """Return what a click takes; the mouse rests on its place before, as a person's does."""
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.evaluate("window.watch.arm()")
    page.mouse.click(x, y)
    return settled(page)


def inside(page: Page) -> Iterator[tuple[str, float]]:
    """Click what can be clicked on a page, and give what it is and what it took."""
    for number in range(page.evaluate(CHOICES)):
        place = page.evaluate("(number) => window.watch.place(number)", number)
        if place is None:
            continue
        yield place["name"], click(page, place["x"], place["y"])


def measure(browser: Browser, url: str, arguments: argparse.Namespace) -> Times:
    """Return the times of all clicks of one build."""
    times: Times = {}
    addresses, rounds, kinds = arguments.pages.split(","), arguments.rounds, arguments.kinds.split(",")
    for address in addresses if "load" in kinds else ():
        times["load", address] = [load(browser, url, address) for _round in range(rounds + 1)]
    with contextlib.closing(fresh(browser)) as context:
        page = context.new_page()
        page.goto(f"{url}/settings")
        settled(page)
        in_menu = [address for address in addresses if address not in HIDDEN]
        for _round in range(rounds + 1) if "menu" in kinds else ():
            for address in in_menu:
                times.setdefault(("menu", address), []).append(menu(page, address))
        for address in in_menu if "inside" in kinds else ():
            for _round in range(rounds + 1):
                menu(page, FIRST)
                menu(page, address)
                for name, seconds in inside(page):
                    times.setdefault(("inside", f"{address}: {name}"), []).append(seconds)
    return times


def of_build(root: Path, browser: Browser, arguments: argparse.Namespace) -> Times:
    """Measure the build in a folder, on a demonstration region of its own making."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "market.duckdb"
        sample = ["sample", "--terminals", str(arguments.terminals), "--store", str(store)]
        for call in (["prepare"], sample):
            subprocess.run([sys.executable, "-m", "core", *call], cwd=root, check=True, capture_output=True)
        with running(store, Path(folder) / "log", root=root) as server:
            return measure(browser, server.url, arguments)


def render(times: Times, before: Times) -> None:
    """Print the slowest first, and how many keep the goal."""
    for kind, goal in GOALS.items():
        found = {name: seconds for (of, name), seconds in times.items() if of == kind}
        rows = {name: statistics.median(seconds[1:]) for name, seconds in found.items() if seconds[1:]}
        kept = sum(seconds <= goal for seconds in rows.values())
        print(f"\n{kind}: {kept} of {len(rows)} within {goal} s; load {os.getloadavg()[0]:.1f}")
        for name, seconds in sorted(rows.items(), key=lambda row: -row[1]):
            past = before.get((kind, name))
            beside = f"  before {statistics.median(past[1:]):5.2f}" if past and past[1:] else ""
            verdict = "" if seconds <= goal else "  above the goal"
            print(f"  {seconds:5.2f} s  first {found[name][0]:5.2f}{beside}  {name}{verdict}")


def main() -> None:
    """Measure all pages and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", default=",".join(ADDRESSES))
    parser.add_argument("--kinds", default=",".join(GOALS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", help="a commit to measure beside")
    parser.add_argument("--terminals", type=int, default=6_000)
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        before: Times = {}
        if arguments.before:
            with build_before(arguments.before) as build:
                before = of_build(build, browser, arguments)
        render(of_build(ROOT, browser, arguments), before)
        browser.close()


if __name__ == "__main__":
    main()
