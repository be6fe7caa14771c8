"""From a click on a region to its card on the screen, in a real browser on the demonstration region.

    python benchmarks/pages.py [--clicks N] [--terminals N]

The app is started on a fresh demonstration region and driven by a headless Chromium at 1366 x 768. Times are
taken inside the browser, from the release of the mouse, and each click goes to another region:

======  ==========================================================================================
card    until the card shows the clicked region: what the target is about
script  of that, from the question sent to the server to its last answer before the card
browser the rest of it: finding the clicked mark, reading the answer, building the card
rest    until the script has come to rest; the address and the rest of the page have followed then
======  ==========================================================================================

What else the machine does lengthens all of them, so the load is printed as well.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page, sync_playwright

from core.sample import build_sample
from tests.browser.conftest import FLAGS, running

# Page, what can be clicked on it, and the heading of the card.
PAGES = {
    "market-map": (".choroplethlayer path", ".st-key-region_card h2"),
    "quadrant": (".scatterlayer .point", ".st-key-region_card h2"),
    "number-one": (".barlayer .point path", ".st-key-target_card h2"),
}
TARGET_MS = 300
# Notes when the page asks its server and when it is answered.
WIRE = """
window.wire = {sent: null, answered: null};
window.WebSocket = class extends WebSocket {
    constructor(...given) {
        super(...given);
        this.addEventListener("message", () => { window.wire.answered = performance.now(); });
    }
    send(message) {
        window.wire.sent ??= performance.now();
        super.send(message);
    }
};
"""
# Notes, in the browser's own clock, when the heading changed and when the script came to rest.
WATCH = """(card) => {
    const heading = () => document.querySelector(card)?.innerText;
    const state = () => document.querySelector("[data-testid=stApp]").getAttribute("data-test-script-state");
    const seen = {shown: heading(), state: state()};
    window.seen = seen;
    document.addEventListener("pointerup", () => {
        seen.start = performance.now(); seen.card = null; seen.rest = null; seen.script = null;
        window.wire.sent = null;
    }, true);
    new MutationObserver(() => {
        const now = performance.now() - seen.start;
        const title = heading();
        if (title !== undefined && title !== seen.shown) {
            seen.shown = title; seen.card ??= now; seen.script ??= window.wire.answered - window.wire.sent;
        }
        if (state() === seen.state) return;
        seen.state = state();
        if (seen.state === "notRunning") seen.rest = now;
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
# A point well inside the n-th mark, where nothing lies on top of it.
PLACE = """([marks, number]) => {
    const mark = document.querySelectorAll(marks)[number];
    if (!mark) return null;
    const box = mark.getBoundingClientRect();
    for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
        const x = box.x + (box.width * i) / 12, y = box.y + (box.height * j) / 12;
        const at = new DOMPoint(x, y).matrixTransform(mark.getScreenCTM().inverse());
        const point = mark.ownerSVGElement.createSVGPoint();
        point.x = at.x; point.y = at.y;
        if (mark.isPointInFill(point) && y > 230 && y < 640) return [x, y];
    }
    return null;
}"""


@dataclass(frozen=True)
class Click:
    """What one click took, in milliseconds; see the head of this file."""

    card: float
    script: float
    rest: float

    @property
    def browser(self) -> float:
        """What the browser itself took of the time to the card."""
        return self.card - self.script


def clicks(page: Page, url: str, marks: str, card: str, count: int) -> list[Click]:
    """Click different regions and return what each click to a new one took."""
    page.goto(url)
    page.locator(marks).first.wait_for(state="attached")
    page.locator(card).wait_for()
    time.sleep(2)
    page.evaluate(WATCH, card)
    times: list[Click] = []
    for number in range(3, 3 + 7 * count * 3, 7):
        place = page.evaluate(PLACE, [marks, number])
        if place is None:
            continue
        page.mouse.move(*place)
        page.wait_for_timeout(200)
        page.mouse.click(*place)
        page.wait_for_timeout(2_500)
        seen = page.evaluate("window.seen")
        if seen.get("card") is not None and seen.get("rest") is not None:
            times.append(Click(seen["card"], seen["script"], seen["rest"]))
        if len(times) == count:
            break
    return times


def main() -> None:
    """Measure all pages and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clicks", type=int, default=10)
    parser.add_argument("--terminals", type=int, default=6_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "market.duckdb"
        build_sample(store, terminals=arguments.terminals, seed=1)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with running(store, Path(folder) / "log") as server:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.add_init_script(WIRE)
            columns = ("card: best", "median", "worst", "script", "browser", "rest", "load")
            print(f"{'page':<12} {'clicks':>6}" + "".join(f"{name:>12}" for name in columns))
            for name, (marks, card) in PAGES.items():
                times = clicks(page, f"{server.url}/{name}", marks, card, arguments.clicks)
                cards = [click.card for click in times]
                figures = [min(cards), statistics.median(cards), max(cards)]
                figures += [
                    statistics.median(getattr(c, n) for c in times) for n in ("script", "browser", "rest")
                ]
                verdict = "ok" if statistics.median(cards) <= TARGET_MS else f"above {TARGET_MS} ms"
                print(
                    f"{name:<12} {len(times):>6}"
                    + "".join(f"{figure:>9.0f} ms" for figure in figures)
                    + f"{os.getloadavg()[0]:>12.1f}  {verdict}"
                )
        browser.close()


if __name__ == "__main__":
    main()
