"""Answering tiles: cached, a few queries at a time, nothing for those who have left."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

import anyio
import anyio.to_thread
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core import numbers
from core.errors import AppError, InputError
from core.geo.borders import Borders
from core.geo.cells import tile_bounds
from core.geo.measures import sums_of
from core.geo.tiles import TileStyle, tile_geojson
from core.i18n import _, language
from core.reports.market.boundaries import boundaries
from core.store.caching.map_rollup import MapRollup, ensure_map_rollup
from core.store.caching.rollup_list import is_in_use
from core.store.market.companies import company_names
from core.store.terminals.tiles import Tile, displaced_rows
from pages._ui import runtime
from pages._ui.sign_in.session import NotAdmittedError, NotSignedInError
from pages._ui.tiles.colours import rgb_colours
from pages._ui.tiles.token import BorderToken, TileToken
from pages._ui.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

T = TypeVar("T", TileToken, BorderToken)

CACHE_BYTES = 64 * 1024 * 1024
CONCURRENT_QUERIES = 2
"""Tiles never take every thread of the database: a page's own reads go on beside them."""
LENSES = 8


class _Cache:
    """Tile bodies, least recently used out first, bounded by bytes."""

    def __init__(self, limit: int) -> None:
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._limit, self._size, self._lock = limit, 0, threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: str, body: bytes) -> None:
        with self._lock:
            self._size += len(body) - len(self._bodies.pop(key, b""))
            self._bodies[key] = body
            while self._size > self._limit:
                self._size -= len(self._bodies.popitem(last=False)[1])


_cache = _Cache(CACHE_BYTES)
_lenses: OrderedDict[tuple[object, ...], MapRollup] = OrderedDict()
_lens_lock = threading.Lock()
_limiter: anyio.CapacityLimiter | None = None


def version() -> tuple[int, int]:
    """Return what a token must carry to be current."""
    store = runtime.store()
    return store.opening, store.data_version


def is_prepared(token: TileToken) -> bool:
    """Tell whether the lens of a token is in memory."""
    return _lens_key(token) in _lenses


def prepared_rollup(token: TileToken, progress: Callable[[float, str], None] | None = None) -> MapRollup:
    """Return the lens of a token, from memory where it was used before.

    Parameters
    ----------
    progress
        Called with a fraction and a sentence while the lens is made.
    """
    key = _lens_key(token)
    with _lens_lock:
        rollup = _lenses.get(key)
        if rollup is None or not is_in_use(runtime.store(), rollup.table):
            rollup = ensure_map_rollup(runtime.store(), token.lens, progress)
            _lenses[key] = rollup
            while len(_lenses) > LENSES:
                _lenses.popitem(last=False)
        return rollup


def _lens_key(token: TileToken) -> tuple[object, ...]:
    return *token.version, token.lens, runtime.access_key()


async def tile(request: Request) -> Response:
    """Answer ``/tiles/<token>/<zoom>/<column>/<row>.json``: cells and terminals."""
    return await _answer(request, TileToken.read, _terminals)


async def border_tile(request: Request) -> Response:
    """Answer ``/borders/<token>/<zoom>/<column>/<row>.json``: outlines of regions."""
    return await _answer(request, BorderToken.read, _borders)


async def _answer(
    request: Request, read: Callable[[str], T], draw: Callable[[T, tuple[int, int, int]], bytes]
) -> Response:
    try:
        place = _place(request)
    except InputError as error:
        return _refusal(400, error)
    try:
        token = read(request.path_params["token"])
        with token.bearer.acting(request):
            return await _drawn(request, token, place, draw)
    except (TokenError, NotSignedInError, NotAdmittedError) as error:
        return _refusal(403, error)


async def _drawn(
    request: Request, token: T, place: tuple[int, int, int], draw: Callable[[T, tuple[int, int, int]], bytes]
) -> Response:
    if token.version != version():
        return _refusal(
            410, TokenError(_("The data have changed since this map was drawn."), _("Reload the page."))
        )
    key = hashlib.sha256(repr((token, runtime.access_key(), place)).encode()).hexdigest()[:32]
    headers = {"ETag": f'"{key}"', "Cache-Control": "private, max-age=3600", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    try:
        body = _cache.get(key) or await _computed(request, key, partial(draw, token, place))
    except AppError as error:
        return _refusal(503, error)
    return Response(status_code=204) if body is None else _packed(request, body, headers)


async def _computed(request: Request, key: str, draw: Callable[[], bytes]) -> bytes | None:
    """Return the packed body of a tile; None when nobody waits for it any more."""
    global _limiter  # noqa: PLW0603 - a limiter belongs to the event loop and is made inside it
    _limiter = _limiter or anyio.CapacityLimiter(CONCURRENT_QUERIES)
    async with _limiter:
        # A map that moves on cancels its requests; those still queued here must not cost a query.
        if await request.is_disconnected():
            return None
        body = _cache.get(key)
        if body is None:
            body = gzip.compress(await anyio.to_thread.run_sync(draw), 1)
            _cache.put(key, body)
        return body


def _borders(token: BorderToken, place: tuple[int, int, int]) -> bytes:
    return _outlines(token, runtime.access_key()).tile(*place)


@lru_cache(maxsize=8)
def _outlines(token: BorderToken, _access: tuple[object, ...]) -> Borders:
    table = boundaries(runtime.store(), token.level, token.within, token.scope)
    return Borders(table["geometry_wkb"].to_list(), token.system)


def _terminals(token: TileToken, place: tuple[int, int, int]) -> bytes:
    with language(token.language):
        rollup = prepared_rollup(token)
        tile = Tile(*place, token.filters, token.scope, sums_of(token.measure))
        rows = displaced_rows(runtime.store(), rollup, tile, system=token.system)
        return tile_geojson(
            rows.columns(), rows.cell_zoom, _style(token, rollup.rivals, runtime.access_key())
        )


@lru_cache(maxsize=32)
def _style(token: TileToken, rivals: tuple[str, ...], _access: tuple[object, ...]) -> TileStyle:
    names = company_names(runtime.store())
    return TileStyle(
        token.measure,
        rgb_colours(token.measure, dark=token.dark),
        tuple(names.get(key, key) for key in (token.lens.own_company, *rivals)),
        _("others"),
        numbers.money_divisor() * 100,
        numbers.money_unit(),
        token.system,
    )


def _place(request: Request) -> tuple[int, int, int]:
    parts = [request.path_params[name] for name in ("zoom", "column", "row")]
    try:
        zoom, column, row = (int(part) for part in parts)
    except ValueError as error:
        raise InputError(
            _("A tile is addressed by three whole numbers, not by {address}.", address="/".join(parts))
        ) from error
    tile_bounds(zoom, column, row)
    return zoom, column, row


def _packed(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            body, media_type="application/geo+json", headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(gzip.decompress(body), media_type="application/geo+json", headers=headers)


def _refusal(status: int, error: AppError) -> JSONResponse:
    return JSONResponse({"message": error.message, "hint": error.hint}, status_code=status)


ROUTES = [
    Route("/tiles/{token}/{zoom}/{column}/{row}.json", tile),
    Route("/borders/{token}/{zoom}/{column}/{row}.json", border_tile),
]
