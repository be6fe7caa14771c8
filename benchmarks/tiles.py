"""Time of map tiles on a store with millions of terminals.

A recorded session (whole market, then the densest city, then its streets, with pans on the way) is
replayed over HTTP against the app's own routes: p50 and p95 per tile, the first view as a whole, the
growth of the server's memory. The same queries are then put to terminals that are neither sorted nor
pre-aggregated, so that the gain is a ratio of one run.

Make the store with ``python -m core sample --store S --terminals 10000000``, then
``python benchmarks/tiles.py --store S``.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TILES = 300
CONNECTIONS = 6
WIDTH, HEIGHT, TILE = 1040, 470, 512
UNSORTED_TILES = 12


def serve(port: int) -> None:
    """Serve the tile routes of the app; the first line printed is what the replay needs."""
    import datetime as dt

    import uvicorn
    from starlette.applications import Starlette

    from core.store.caching.sales_window import SalesWindow
    from pages._ui import runtime
    from pages._ui.tiles import service
    from pages._ui.tiles.token import BorderToken, TileToken

    store = runtime.store()
    own = store.fetch("SELECT c.company_id FROM company AS c WHERE c.is_self")["company_id"][0].as_py()
    last = store.fetch("SELECT MAX(s.month) AS month FROM terminal_sales AS s")["month"][0].as_py()
    start = (last.replace(day=1) - dt.timedelta(days=330)).replace(day=1)
    token = TileToken(SalesWindow(own, start, last), version=service.version())
    began = time.perf_counter()
    lens = service.prepared(token)
    made = time.perf_counter() - began
    densest = int(lens.occupied[np.argmax(np.diff(lens.counted))])
    borders = BorderToken("county", version=service.version()).sign()
    facts = {"token": token.sign(), "borders": borders, "densest": densest, "made": made}
    facts["terminals"] = int(lens.counted[-1])
    facts["box"] = [int(lens.occupied[0]), int(lens.occupied[-1])]
    print(json.dumps(facts), flush=True)
    uvicorn.run(Starlette(routes=service.ROUTES), port=port, log_level="warning")


def recorded_session(densest: int) -> list[list[tuple[int, int, int]]]:
    """Return the views of the session, each as the tiles it needs, until 300 tiles were asked for."""
    from core.geo.cells import tile_of

    column, row = (int(v) for v in tile_of(np.array(densest)))
    x, y = (column + 0.5) / 2**16, (row + 0.5) / 2**16
    views: list[list[tuple[int, int, int]]] = []
    seen: set[tuple[int, int, int]] = set()
    for zoom in range(5, 19):
        for east, south in ((0, 0), (0.6, 0), (0.6, 0.6), (-0.6, 0.6), (-1.2, -0.6), (0.6, -1.2), (1.8, 0.6)):
            middle_x = x * 2**zoom + east * WIDTH / TILE
            middle_y = y * 2**zoom + south * HEIGHT / TILE
            half_x, half_y = WIDTH / TILE / 2, HEIGHT / TILE / 2
            tiles = [
                (zoom, i, j)
                for i in range(int(middle_x - half_x), int(middle_x + half_x) + 1)
                for j in range(int(middle_y - half_y), int(middle_y + half_y) + 1)
            ]
            new = [tile for tile in tiles if tile not in seen][: TILES - len(seen)]
            seen.update(new)
            if new:
                views.append(new)
            if zoom == 5:
                break
    return views


class Client:
    """One kept-alive connection per thread, as a browser has."""

    def __init__(self, port: int, route: str) -> None:
        self.port, self.route, self.own = port, route, threading.local()

    def get(self, tile: tuple[int, int, int]) -> tuple[float, bytes]:
        """Return seconds and the packed body of a tile."""
        if not hasattr(self.own, "connection"):
            self.own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection = self.own.connection
        began = time.perf_counter()
        connection.request(
            "GET", f"{self.route}/{'/'.join(map(str, tile))}.json", headers={"Accept-Encoding": "gzip"}
        )
        answer = connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise SystemExit(f"tile {tile}: HTTP {answer.status} {body[:200]!r}")
        return seconds, body


def memory_mb(process: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def cpu_seconds(process: int) -> float:
    """Return the time a process has used of all cores."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def replay(client: Client, views: list[list[tuple[int, int, int]]]) -> tuple[list[float], float, list[bytes]]:
    """Return seconds of every tile, of the first view, and the packed bodies."""
    seconds, bodies = [], []
    first = 0.0
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for number, view in enumerate(views):
            began = time.perf_counter()
            for took, body in pool.map(client.get, view):
                seconds.append(took)
                bodies.append(body)
            if number == 0:
                first = time.perf_counter() - began
    return seconds, first, bodies


def unsorted(store_path: str, tiles: list[tuple[int, int, int]]) -> list[float]:
    """Return seconds of tiles asked of shuffled terminals and raw sales, one query each."""
    import duckdb

    from core.geo.cells import tile_bounds

    scratch = Path(store_path).with_suffix(".unsorted.duckdb")
    scratch.unlink(missing_ok=True)
    connection = duckdb.connect(str(scratch), config={"memory_limit": "4GB", "threads": os.cpu_count() or 2})
    connection.execute(f"ATTACH '{store_path}' AS s (READ_ONLY)")
    connection.execute(
        "CREATE TABLE terminal AS SELECT * EXCLUDE (cell) FROM s.terminal ORDER BY hash(terminal_id)"
    )
    took = []
    for zoom, column, row in tiles:
        bounds = tile_bounds(zoom, column, row)
        side = (bounds.east - bounds.west) / 32
        began = time.perf_counter()
        connection.execute(
            "SELECT FLOOR((t.lon_wgs84 - $west) / $side) AS x, FLOOR((t.lat_wgs84 - $south) / $side) AS y,"
            " COUNT(DISTINCT t.terminal_id), SUM(f.amount),"
            " SUM(CASE WHEN f.company_id = 'OWN' THEN f.amount END)"
            " FROM terminal AS t LEFT JOIN s.terminal_sales AS f ON f.terminal_id = t.terminal_id"
            " WHERE t.lon_wgs84 BETWEEN $west AND $east AND t.lat_wgs84 BETWEEN $south AND $north"
            " GROUP BY 1, 2",
            {
                "west": bounds.west,
                "east": bounds.east,
                "south": bounds.south,
                "north": bounds.north,
                "side": side,
            },
        ).fetchall()
        took.append(time.perf_counter() - began)
    connection.close()
    scratch.unlink()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--memory", default="1GB", help="memory DuckDB may use")
    parser.add_argument("--skip-unsorted", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.port)
        return
    environment = {**os.environ, "SHENGENG_STORE": options.store, "SHENGENG_MEMORY": options.memory}
    command = [
        sys.executable,
        __file__,
        "--serve",
        "--store",
        options.store,
        "--port",
        str(options.port),
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            facts = json.loads(server.stdout.readline() if server.stdout else "{}")
            time.sleep(1)
            before = memory_mb(server.pid)
            views = recorded_session(facts["densest"])
            used = cpu_seconds(server.pid)
            seconds, first, bodies = replay(Client(options.port, f"/tiles/{facts['token']}"), views)
            used = cpu_seconds(server.pid) - used
            lines, _first, _bodies = replay(Client(options.port, f"/borders/{facts['borders']}"), views[:8])
            after = memory_mb(server.pid)
        finally:
            server.terminate()
    milliseconds = np.array(seconds) * 1000
    load = os.getloadavg()[0]
    print(f"{facts['terminals']:,} terminals; lens made or found in {facts['made']:.1f} s; load {load:.1f}")
    features = sum(gzip.decompress(body).count(b'"Feature"') for body in bodies)
    sizes = sum(map(len, bodies)) / 1e6
    print(f"{len(seconds)} tiles, {features:,} features, {sizes:.1f} MB, {CONNECTIONS} at a time")
    print(f"server's CPU per tile: {used / len(seconds) * 1000:.1f} ms")
    print(f"per tile: {spread(milliseconds)}, total {milliseconds.sum() / 1000:.1f} s")
    print(f"whole-market view, cold: {first:.2f} s")
    print(f"border tiles: {spread(np.array(lines) * 1000)}")
    print(f"server memory: {before:.0f} MB before, {after:.0f} MB after, growth {after - before:.0f} MB")
    if not options.skip_unsorted:
        flat = [tile for view in views for tile in view]
        sample = flat[:: max(len(flat) // UNSORTED_TILES, 1)][:UNSORTED_TILES]
        plain = np.array(unsorted(options.store, sample)) * 1000
        times = dict(zip(flat, milliseconds, strict=True))
        ours = np.array([times[tile] for tile in sample])
        print(f"unsorted, not pre-aggregated, {len(sample)} of the tiles: {spread(plain)}")
        print(f"ours on the same tiles: {plain.sum() / ours.sum():.0f} times as fast")


def spread(milliseconds: np.ndarray) -> str:
    """Return the median and the 95th percentile in words."""
    return f"p50 {np.percentile(milliseconds, 50):.0f} ms, p95 {np.percentile(milliseconds, 95):.0f} ms"


if __name__ == "__main__":
    main()
