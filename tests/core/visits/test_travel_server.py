"""Travel times from a routing server: both formats, in blocks, kept on disk, never in the way."""

from __future__ import annotations

import itertools
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from core.errors import InputError
from core.visits import travel_server
from core.visits.planning import places, plan
from core.visits.tasks import HOME, Ways
from core.visits.travel_server import Server, TravelServerError, travel_table
from tests.core.visits.world import shops, task


def seconds(a, b) -> float:
    """What the little server says: the way north takes twice as long as the way south."""
    return 600 * abs(a[1] - b[1]) + (1200 if b[0] > a[0] else 600) * abs(a[0] - b[0])


class Little(BaseHTTPRequestHandler):
    """Speaks both formats."""

    asked: list[tuple[int, int]]

    def do_GET(self) -> None:
        """OSRM."""
        parts = urlsplit(self.path)
        pairs = [tuple(map(float, p.split(","))) for p in parts.path.rsplit("/", 1)[1].split(";")]
        points = [(lat, lon) for lon, lat in pairs]
        query = parse_qs(parts.query)
        rows, columns = ([int(n) for n in query[k][0].split(";")] for k in ("sources", "destinations"))
        self.asked.append((len(rows), len(columns)))
        table = [[seconds(points[r], points[c]) for c in columns] for r in rows]
        self.answer(
            {"code": "Ok", "durations": table, "distances": [[1000.0 for _c in row] for row in table]}
        )

    def do_POST(self) -> None:
        """Valhalla."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        ends = [[(p["lat"], p["lon"]) for p in asked[k]] for k in ("sources", "targets")]
        self.asked.append((len(ends[0]), len(ends[1])))
        table = [[{"time": seconds(a, b), "distance": 1.0} for b in ends[1]] for a in ends[0]]
        table[0][-1] = {"time": None, "distance": None}
        self.answer({"sources_to_targets": table})

    def answer(self, what) -> None:
        """Send JSON."""
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        """Be quiet."""


@pytest.fixture
def little():
    """A running server: its address and what it was asked for."""
    asked: list[tuple[int, int]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Little,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def town(count: int) -> tuple[list[str], list[tuple[float, float]]]:
    """Places in a row, each its own."""
    return [f"T{n}" for n in range(count)], [(30 + n / 100, 114 + (n % 7) / 100) for n in range(count)]


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_both_servers_give_minutes_of_each_direction(little, tmp_path, kind) -> None:
    """Seconds become minutes, there and back differ, places stay in their order."""
    ids, points = town(4)
    ways = travel_table(Server(kind, little[0]), ids, points, tmp_path / "x.npz")
    assert ways.ids == tuple(ids)
    assert ways.minutes[1, 2] == pytest.approx(seconds(points[1], points[2]) / 60, abs=1e-3)
    assert ways.minutes[1, 2] > ways.minutes[2, 1]
    assert np.diagonal(ways.minutes).tolist() == [0.0] * 4
    assert np.isnan(ways.minutes[0, 3]) == (kind == "valhalla")


def test_a_large_table_is_asked_for_in_blocks_and_only_once(little, tmp_path) -> None:
    """120 places in nine blocks; one more place asks only for its own row and column."""
    url, asked = little
    server, file = Server("osrm", url), tmp_path / "x.npz"
    ids, points = town(120)
    first = travel_table(server, ids, points, file)
    assert len(asked) == 9
    assert max(map(max, asked)) <= 50
    assert np.array_equal(travel_table(server, ids, points, file, ask=False).minutes, first.minutes)
    assert len(asked) == 9
    more = travel_table(server, *town(121), file)
    assert sum(a * b for a, b in asked[9:]) == 121 + 120
    assert np.array_equal(more.minutes[:120, :120], first.minutes)
    assert travel_table(Server("osrm", url, "bike"), ids, points, file, ask=False) is None


def test_a_server_that_does_not_answer_is_named_and_left_alone(tmp_path, monkeypatch) -> None:
    """The second question is not sent at all."""
    server = Server("osrm", "http://127.0.0.1:9", timeout=0.2)
    monkeypatch.setattr(travel_server, "_failed", {})
    with pytest.raises(TravelServerError, match=r"127\.0\.0\.1:9"):
        travel_table(server, *town(2), tmp_path / "x.npz")
    monkeypatch.setattr(travel_server, "_osrm", lambda *_a: pytest.fail("asked again"))
    with pytest.raises(TravelServerError, match="moment ago"):
        travel_table(server, *town(2), tmp_path / "x.npz")


def test_an_answer_that_is_no_table_is_refused(little, tmp_path, monkeypatch) -> None:
    """Such as an error page in JSON."""
    monkeypatch.setattr(
        Little, "answer", lambda self, _what, say=Little.answer: say(self, {"code": "NoTable"})
    )
    with pytest.raises(TravelServerError, match="no table"):
        travel_table(Server("osrm", little[0]), *town(2), tmp_path / "x.npz")


def test_a_setting_names_the_server() -> None:
    """Kind and address; nothing for no server; nonsense is refused with what is allowed."""
    assert Server.parse("") is None
    assert Server.parse("OSRM http://localhost:5000/ bike") == Server("osrm", "http://localhost:5000", "bike")
    assert Server.parse(str(Server("valhalla", "https://a.example"))).kind == "valhalla"
    with pytest.raises(InputError, match="osmr"):
        Server.parse("osmr http://localhost:5000")
    with pytest.raises(InputError, match="file"):
        Server.parse("osrm file:///etc/passwd")


def test_the_planner_takes_ways_that_differ_there_and_back() -> None:
    """On one day the tour of five shops is the best of all 120 by the directed minutes."""
    town_ = shops(5).assign(planned=1, minutes=1.0)
    random = np.random.default_rng(3)
    minutes = random.integers(5, 60, (6, 6)).astype(float)
    np.fill_diagonal(minutes, 0.0)
    ways = Ways((HOME, *town_["terminal_id"]), minutes.copy(), minutes)
    base = task(5)
    day = replace(base.period, days=base.period.days[:1], weeks=1)
    asked = replace(base, shops=town_, period=day, ways=ways, balance=None)
    found = plan(asked, iterations=3_000)
    tours = ([0, *order, 0] for order in itertools.permutations(range(1, 6)))
    best = min(sum(minutes[a, b] for a, b in itertools.pairwise(tour)) for tour in tours)
    assert found.travel_minutes == pytest.approx(best)
    assert asked.fingerprint() != replace(asked, ways=None).fingerprint()


def test_what_the_server_does_not_know_is_estimated() -> None:
    """A missing way and a shop it was never asked about."""
    asked = task(3)
    known = Ways((HOME, "T000"), np.array([[0, np.nan], [7.0, 0]]), np.array([[0, np.nan], [9.0, 0]]))
    km, minutes = places(asked)
    mixed_km, mixed = places(replace(asked, ways=known))
    assert (mixed_km[1, 0], mixed[1, 0]) == (7.0, 9.0)
    assert (mixed[0, 1], mixed[2, 3]) == (minutes[0, 1], minutes[2, 3])
    assert mixed_km[0, 2] == km[0, 2]
