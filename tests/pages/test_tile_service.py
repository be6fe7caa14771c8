"""The tile route: who may ask, what is answered, what is refused."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from starlette.applications import Starlette

from core.geo.cells import quadkey
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from core.store.scope import Scope
from core.store.terminals.filter import TerminalFilter
from pages._ui import runtime
from pages._ui.tiles import service
from pages._ui.tiles.token import LIFETIME_SECONDS, BorderToken, TileToken

if TYPE_CHECKING:
    from collections.abc import Iterator

LENS = SalesWindow("us", dt.date(2025, 1, 1), dt.date(2025, 3, 1))
WORLD = "0/0/0"


@pytest.fixture
def store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with two shops of two regions, opened as the running app has it."""
    monkeypatch.setenv("SHENGENG_STORE", str(tmp_path / "market.duckdb"))
    lat, lon = [30.0, 31.0], [114.0, 115.0]
    tables = {
        "region": {"region_id": ["a", "b"], "level": ["city", "city"], "name": ["A", "B"]},
        "region_closure": {"ancestor_id": ["a", "b"], "region_id": ["a", "b"], "distance": [0, 0]},
        "company": {"company_id": ["us"], "name": ["Us"], "is_self": [True]},
        "terminal": {
            "terminal_id": ["1", "2"],
            "name": ["店一", "店二"],
            "region_id": ["a", "b"],
            "grade": ["A", "B"],
            "lat_wgs84": lat,
            "lon_wgs84": lon,
            "cell": quadkey(lat, lon),
        },
        "terminal_sales": {
            "month": [dt.date(2025, 2, 1)] * 2,
            "terminal_id": ["1", "2"],
            "company_id": ["us", "us"],
            "amount": [123.45, 10.0],
        },
    }
    with Store.open(tmp_path / "market.duckdb") as made:
        for name, columns in tables.items():

            def change(cursor, name=name, columns=columns) -> None:
                cursor.register("given", pa.table(columns))
                cursor.execute(f"INSERT INTO {name} BY NAME SELECT * FROM given")

            made.write("test", change)
    yield runtime.store()
    runtime.close()


def signed(**changes: object) -> str:
    """Return a current token."""
    return TileToken(LENS, **{"version": service.version(), **changes}).sign()


def signed_borders(**changes: object) -> str:
    """Return a current token for the borders of cities."""
    return BorderToken("city", **{"version": service.version(), **changes}).sign()


def latitudes(body: bytes) -> list[float]:
    """Return the latitudes of all points of a tile of lines."""
    lines = [feature["geometry"]["coordinates"] for feature in json.loads(body)["features"]]
    return [lat for line in lines for _lon, lat in line]


def get(
    path: str, headers: dict[str, str] | None = None, *, gone: bool = False
) -> tuple[int, dict[str, str], bytes]:
    """Ask the route as a browser would; ``gone`` hangs up before the answer."""
    sent: list[dict] = []
    encoded = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": encoded,
    }

    async def receive() -> dict:
        return {"type": "http.disconnect"} if gone else await asyncio.sleep(3600)

    async def send(message: dict) -> None:
        sent.append(message)

    # In a thread of its own: a browser test of the same session leaves an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Starlette(routes=service.ROUTES)(scope, receive, send)).result()
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def features(body: bytes) -> list[dict]:
    """Return the properties of a tile's features."""
    return [feature["properties"] for feature in json.loads(body)["features"]]


def test_a_tile_carries_the_terminals(store: Store) -> None:
    """A valid token gets the terminals with their figures in yuan and a colour."""
    status, headers, body = get(f"/tiles/{signed()}/{WORLD}.json")
    assert status == 200
    assert headers["content-type"].startswith("application/geo+json")
    shops = {shop["terminal_id"]: shop for shop in features(body)}
    assert shops["1"]["own"] == 123.45
    assert shops["1"]["title"] == "店一"
    assert len(shops["1"]["fill"]) == 3


def test_a_browser_gets_it_packed(store: Store) -> None:
    """Gzip is used where the browser takes it, and holds the same tile."""
    path = f"/tiles/{signed()}/{WORLD}.json"
    _status, headers, packed = get(path, {"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == get(path)[2]


def test_a_known_tile_is_not_sent_again(store: Store) -> None:
    """The ETag of a tile is answered with 304."""
    path = f"/tiles/{signed()}/{WORLD}.json"
    etag = get(path)[1]["etag"]
    assert get(path, {"If-None-Match": etag})[0] == 304


@pytest.mark.parametrize("place", ["x/0/0", "1/2/0", "-1/0/0", "25/0/0", "0/0/1.5"])
def test_a_bad_address_is_refused(store: Store, place: str) -> None:
    """An address that is no tile gets 400 and a sentence."""
    status, _headers, body = get(f"/tiles/{signed()}/{place}.json")
    assert status == 400
    assert json.loads(body)["message"]


def test_a_changed_token_is_refused(store: Store) -> None:
    """A token with any character changed gets 403."""
    token = signed(scope=Scope(("a",)))
    for i in range(0, len(token), 7):
        changed = token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :]
        assert get(f"/tiles/{changed}/{WORLD}.json")[0] == 403


@pytest.mark.parametrize("route", ["tiles", "borders"])
def test_an_expired_token_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch, route: str) -> None:
    """A token signed longer ago than its lifetime gets 403."""
    past = time.time() - LIFETIME_SECONDS - 10
    with monkeypatch.context() as patched:
        patched.setattr("itsdangerous.timed.time.time", lambda: past)
        token = signed() if route == "tiles" else signed_borders()
    assert get(f"/{route}/{token}/{WORLD}.json")[0] == 403


def test_a_token_opens_its_own_route_only(store: Store) -> None:
    """A token for terminals gets no borders, and one for borders no terminals."""
    assert get(f"/borders/{signed()}/{WORLD}.json")[0] == 403
    assert get(f"/tiles/{signed_borders()}/{WORLD}.json")[0] == 403


def test_a_changed_border_token_is_refused(store: Store) -> None:
    """A token for borders with any character changed gets 403."""
    token = signed_borders(scope=Scope(("a",)))
    for i in range(0, len(token), 7):
        changed = token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :]
        assert get(f"/borders/{changed}/{WORLD}.json")[0] == 403


@pytest.mark.parametrize("within", [None, "a", "b"])
def test_a_border_token_of_one_region_never_shows_another(store: Store, within: str | None) -> None:
    """A token for region A draws no border of region B, even when B is looked into."""
    _status, _headers, whole = get(f"/borders/{signed_borders()}/{WORLD}.json")
    token = signed_borders(scope=Scope(("a",)), within=within)
    status, _headers, seen = get(f"/borders/{token}/{WORLD}.json")
    assert status == 200
    assert {round(lat) for lat in latitudes(whole)} == {30, 31}
    assert {round(lat) for lat in latitudes(seen)} == (set() if within == "b" else {30})


def test_a_token_of_other_data_is_refused(store: Store) -> None:
    """Once the data changed, an old map is told so instead of mixing old and new."""
    token = signed()
    store.write("test", lambda cursor: cursor.execute("UPDATE company SET name = 'We'"))
    assert get(f"/tiles/{token}/{WORLD}.json")[0] == 410


@pytest.mark.parametrize("measure", ["share", "leader", "blank", "growth"])
@pytest.mark.parametrize(
    "filters", [TerminalFilter(), TerminalFilter(regions=("b",)), TerminalFilter(grades=("B",))]
)
def test_a_token_of_one_region_never_shows_another(
    store: Store, measure: str, filters: TerminalFilter
) -> None:
    """Whatever the colour and the filter, a token for region A holds no shop of region B."""
    _status, _headers, body = get(
        f"/tiles/{signed(scope=Scope(('a',)), measure=measure, filters=filters)}/{WORLD}.json"
    )
    assert {shop["terminal_id"] for shop in features(body)} <= {"1"}


def test_whoever_left_costs_no_query(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request whose browser has moved on is dropped before the database is asked."""
    monkeypatch.setattr(service, "displaced_rows", lambda *_args: pytest.fail("computed"))
    assert get(f"/tiles/{signed(measure='days_since_visit')}/{WORLD}.json", gone=True)[0] == 204


def test_the_cache_is_bounded() -> None:
    """The cache forgets the oldest tiles when it is full."""
    cache = service._Cache(100)
    for i in range(50):
        cache.put(str(i), bytes(10))
    assert cache.get("0") is None
    assert cache.get("49") == bytes(10)
    assert cache._size <= 100
