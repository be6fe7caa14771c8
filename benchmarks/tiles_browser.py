"""The terminal map against a plain chart of points, in the same browser and the same run.

Ours shows every terminal of a store. Beside it stands what people do without tiles: a minimal Streamlit
page with a pydeck ScatterplotLayer of 100,000 points of the same store. Measured are the time from
opening the address to the first picture on the map, and the bytes over the wire, web socket included;
the files of Streamlit's own front end, the same for both, are counted apart.

Make the store with ``python -m core sample --store S --terminals 10000000``, then
``python benchmarks/tiles_browser.py --store S``. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
POINTS = 100_000
MAP = '[data-testid="stDeckGlJsonChart"]'
PLAIN = """
import pandas as pd
import pydeck as pdk
import streamlit as st

st.set_page_config(layout="wide")
points = pd.read_parquet({path!r})
layer = pdk.Layer(
    "ScatterplotLayer",
    points,
    get_position=["lon", "lat"],
    get_fill_color=[0, 114, 178],
    radius_min_pixels=2,
    pickable=True,
)
view = pdk.ViewState(latitude=points["lat"].median(), longitude=points["lon"].median(), zoom=4)
st.pydeck_chart(pdk.Deck(layers=[layer], initial_view_state=view, map_provider=None), height=440)
"""
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
]
INK_PIXELS = 300
PATIENCE_S = 300.0


@dataclass
class Wire:
    """Bytes that reached the browser."""

    front_end: int = 0
    tiles: int = 0
    socket: int = 0

    def watch(self, page: Any) -> None:  # noqa: ANN401
        """Count everything that a page receives from now on."""
        session = page.context.new_cdp_session(page)
        addresses: dict[str, str] = {}
        session.on(
            "Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]})
        )
        session.on("Network.loadingFinished", lambda e: self._loaded(addresses.get(e["requestId"], ""), e))
        session.on("Network.webSocketFrameReceived", lambda e: self._frame(e["response"]))
        session.send("Network.enable")

    def _loaded(self, address: str, event: dict[str, Any]) -> None:
        if "/tiles/" in address or "/borders/" in address:
            self.tiles += int(event["encodedDataLength"])
        else:
            self.front_end += int(event["encodedDataLength"])

    def _frame(self, frame: dict[str, Any]) -> None:
        # Binary frames are given as base64: four letters for three bytes.
        length = len(frame["payloadData"])
        self.socket += length * 3 // 4 if frame["opcode"] == 2 else length


@contextmanager
def app(script: Path, port: int, environment: dict[str, str]) -> Iterator[str]:
    """Run a Streamlit app until the block ends."""
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    with subprocess.Popen(
        [*command, "--server.port", str(port), "--browser.gatherUsageStats", "false"],
        cwd=ROOT if script.parent == ROOT else script.parent,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            deadline = time.monotonic() + 60
            while not _answers(f"http://localhost:{port}/_stcore/health"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{script} did not start")
                time.sleep(0.2)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def first_picture(browser: Any, url: str) -> tuple[float, Wire]:  # noqa: ANN401
    """Return seconds from opening an address to blue on the map, and the bytes until it is at rest."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page, wire = context.new_page(), Wire()
    wire.watch(page)
    began = time.perf_counter()
    page.goto(url)
    # The place of the map takes part in the clock: a page that shows its frame early gains nothing.
    page.wait_for_selector(f"{MAP} canvas", timeout=PATIENCE_S * 1000)
    while not _inked(page):
        if time.perf_counter() - began > PATIENCE_S:
            raise SystemExit(f"no picture at {url}")
        page.wait_for_timeout(50)
    seconds = time.perf_counter() - began
    page.wait_for_timeout(3_000)
    context.close()
    return seconds, wire


def _inked(page: Any) -> bool:  # noqa: ANN401
    """Tell whether points or cells, which are blue in both, are drawn."""
    picture = np.asarray(
        Image.open(io.BytesIO(page.locator(MAP).first.screenshot(timeout=PATIENCE_S * 1000))).convert("RGB"),
        np.int16,
    )
    return int((picture[..., 2] - picture[..., 0] > 60).sum()) >= INK_PIXELS


def sample_points(store_path: str, path: Path) -> None:
    """Write every n-th located terminal of the store for the plain chart."""
    import pyarrow.parquet as pq

    from core.store.database import Store

    with Store.open(store_path, create=False) as store:
        rows = store.fetch(
            "SELECT t.lat_wgs84 AS lat, t.lon_wgs84 AS lon, t.terminal_id AS terminal_id"
            " FROM terminal AS t WHERE t.cell IS NOT NULL ORDER BY HASH(t.terminal_id) LIMIT $points",
            {"points": POINTS},
        )
    pq.write_table(rows, path)


def main() -> None:
    """Measure both and print the ratio."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--memory", default="1GB")
    parser.add_argument("--port", type=int, default=8792)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        points, script = Path(folder, "points.parquet"), Path(folder, "plain.py")
        sample_points(options.store, points)
        script.write_text(PLAIN.format(path=str(points)))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        ours_settings = {"SHENGENG_STORE": options.store, "SHENGENG_MEMORY": options.memory}
        with (
            app(ROOT / "app.py", options.port, ours_settings) as ours_url,
            app(script, options.port + 1, {}) as plain_url,
        ):
            addresses = {"ours": f"{ours_url}/terminal-map", "plain": plain_url}
            # The first visit makes what is kept: the lens of the period, compiled code, caches of the system.
            for address in addresses.values():
                first_picture(browser, address)
            found = {
                name: [first_picture(browser, address) for _run in range(options.runs)]
                for name, address in addresses.items()
            }
        browser.close()
    report(found)


def report(found: dict[str, list[tuple[float, Wire]]]) -> None:
    """Print time and bytes of both and their ratios; load makes times noisy, ratios less so."""
    seconds = {name: float(np.median([run[0] for run in runs])) for name, runs in found.items()}
    data = {name: float(np.median([w.tiles + w.socket for _s, w in runs])) for name, runs in found.items()}
    front = {name: float(np.median([w.front_end for _s, w in runs])) for name, runs in found.items()}
    print(f"load {os.getloadavg()[0]:.1f}; median of {len(found['ours'])} visits after a first one")
    for name, words in (("ours", "terminal map"), ("plain", f"ScatterplotLayer, {POINTS:,} points")):
        print(
            f"{words}: first picture {seconds[name]:.1f} s, data {data[name] / 1e6:.2f} MB,"
            f" front end {front[name] / 1e6:.1f} MB"
        )
    print(
        f"ours: {seconds['plain'] / seconds['ours']:.1f} times as fast,"
        f" {data['plain'] / data['ours']:.0f} times fewer bytes"
    )


if __name__ == "__main__":
    main()
