"""Travel times from a routing server: the table services of OSRM and Valhalla, kept on disk.

Nothing is asked of any server unless its address is set. The tables are not symmetric: one-way streets and
turns make the way back another one, and the planner takes them as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import AppError, InputError, nearest
from core.i18n import _
from core.visits.tasks import Ways

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("osrm", "valhalla")
# A public demonstration server of OSRM takes 100 places at once, sources and destinations together;
# Valhalla 2,500 pairs. Half and half keeps to both.
_BLOCK = 50
# A server that did not answer is not asked again for a while: a thousand reps would wait for it one by one.
_REST_SECONDS = 60.0
_failed: dict[str, float] = {}

Point = tuple[float, float]


class TravelServerError(AppError):
    """A routing server did not answer, or not with a table."""


@dataclass(frozen=True)
class Server:
    """A routing server.

    Parameters
    ----------
    kind
        ``osrm`` or ``valhalla``.
    url
        Its address, without the service.
    profile
        The way of travelling, as the server calls it; empty for its usual one.
    timeout
        Seconds to wait for an answer.
    """

    kind: str
    url: str
    profile: str = ""
    timeout: float = 20.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            close = nearest(self.kind, KINDS)
            raise InputError(
                _("There is no kind of routing server “{kind}”.", kind=self.kind),
                _("Did you mean {close}?", close=close)
                if close
                else _("Choose one of: {allowed}.", allowed=", ".join(KINDS)),
            )
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                _("“{url}” is no address of a server.", url=self.url),
                _("Write it as {example}.", example="http://localhost:5000"),
            )

    @classmethod
    def parse(cls, text: str) -> Server | None:
        """Return the server that a setting names, such as ``osrm http://localhost:5000``; None for none."""
        if not text.strip():
            return None
        kind, _blank, rest = text.strip().partition(" ")
        url, _blank, profile = rest.strip().partition(" ")
        return cls(kind.lower(), url.rstrip("/"), profile.strip())

    def __str__(self) -> str:
        """Return what :meth:`parse` reads."""
        return f"{self.kind} {self.url} {self.profile}".strip()


def travel_table(
    server: Server, ids: Sequence[str], points: Sequence[Point], file: Path, *, ask: bool = True
) -> Ways | None:
    """Return kilometres and minutes between places, from disk where they are known.

    Parameters
    ----------
    server
        Whom to ask.
    ids
        Names of the places.
    points
        Latitude and longitude of each, WGS-84.
    file
        Where they are kept; one file per rep, so that it holds the places of one rep only.
    ask
        Whether the server is asked for what is not on disk.

    Returns
    -------
    Ways or None
        NaN where there is no way; None where something is not on disk and must not be asked for.

    Raises
    ------
    TravelServerError
        The server does not answer, or refuses.
    """
    keys = [(round(lat, 5), round(lon, 5)) for lat, lon in points]
    places = list(dict.fromkeys(keys))
    known, km, minutes = _load(server, file)
    fresh = [place for place in places if place not in known]
    if fresh:
        if not ask:
            return None
        km, minutes = _extended(server, known, places, (km, minutes))
        _save(server, file, places, km, minutes)
        known = {place: n for n, place in enumerate(places)}
    order = np.array([known[key] for key in keys], dtype=np.intp)
    cut = np.ix_(order, order)
    return Ways(tuple(ids), km[cut].astype(np.float64), minutes[cut].astype(np.float64))


def _extended(
    server: Server,
    known: dict[Point, int],
    places: list[Point],
    tables: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the tables of all places: what is known, and what the server says about the rest."""
    old = [n for n, place in enumerate(places) if place in known]
    new = [n for n, place in enumerate(places) if place not in known]
    answer = tuple(np.full((len(places), len(places)), np.nan, np.float32) for _table in range(2))
    at = np.array([known[places[n]] for n in old], dtype=np.intp)
    for table, before in zip(answer, tables, strict=True):
        table[np.ix_(old, old)] = before[np.ix_(at, at)]
    for rows, columns in ((new, list(range(len(places)))), (old, new)):
        for sources, targets in _blocks(rows, columns):
            found = fetch(server, [places[n] for n in sources], [places[n] for n in targets])
            for table, values in zip(answer, found, strict=True):
                table[np.ix_(sources, targets)] = values
    for table in answer:
        np.fill_diagonal(table, 0.0)
    return answer[0], answer[1]


def _blocks(rows: list[int], columns: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    for first in range(0, len(rows), _BLOCK):
        for start in range(0, len(columns), _BLOCK):
            yield rows[first : first + _BLOCK], columns[start : start + _BLOCK]


def fetch(
    server: Server, sources: Sequence[Point], targets: Sequence[Point]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ask a server for the kilometres and minutes from some places to others; NaN where there is no way.

    Raises
    ------
    TravelServerError
        It does not answer, refuses, or sends something else.
    """
    if time.monotonic() < _failed.get(server.url, 0.0):
        raise _error(server, _("it did not answer a moment ago"))
    ask = _osrm if server.kind == "osrm" else _valhalla
    try:
        km, seconds = ask(server, sources, targets)
    except (urllib.error.URLError, OSError) as error:
        _failed[server.url] = time.monotonic() + _REST_SECONDS
        reason = getattr(error, "reason", None) or error
        raise _error(server, str(reason)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _error(server, _("its answer is no table of travel times")) from error
    shape = (len(sources), len(targets))
    if km.shape != shape or seconds.shape != shape:
        raise _error(server, _("its answer is no table of travel times"))
    return km, seconds / 60


def _error(server: Server, reason: str) -> TravelServerError:
    return TravelServerError(
        _("The routing server {url} gave no travel times: {reason}.", url=server.url, reason=reason),
        _("Straight lines × detour are used instead."),
    )


Tables = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def _osrm(server: Server, sources: Sequence[Point], targets: Sequence[Point]) -> Tables:
    """Ask OSRM, ``/table/v1``: distances in metres, durations in seconds, null where there is no way."""
    places = ";".join(f"{lon:.5f},{lat:.5f}" for lat, lon in (*sources, *targets))
    count = len(sources)
    query = urllib.parse.urlencode(
        {
            "sources": ";".join(map(str, range(count))),
            "destinations": ";".join(map(str, range(count, count + len(targets)))),
            "annotations": "duration,distance",
        },
        safe=";,",
    )
    profile = urllib.parse.quote(server.profile or "driving")
    answer = _read(server, urllib.request.Request(f"{server.url}/table/v1/{profile}/{places}?{query}"))
    seconds = _numbers(answer["durations"])
    # Old servers give durations only.
    km = _numbers(answer["distances"]) / 1000 if "distances" in answer else np.full(seconds.shape, np.nan)
    return km, seconds


def _valhalla(server: Server, sources: Sequence[Point], targets: Sequence[Point]) -> Tables:
    """Ask Valhalla, ``/sources_to_targets``: kilometres and seconds, as pairs or, when short, as tables."""
    body = {
        "sources": [{"lat": lat, "lon": lon} for lat, lon in sources],
        "targets": [{"lat": lat, "lon": lon} for lat, lon in targets],
        "costing": server.profile or "auto",
        "units": "kilometers",
    }
    request = urllib.request.Request(
        f"{server.url}/sources_to_targets",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    found = _read(server, request)["sources_to_targets"]
    if isinstance(found, dict):
        return _numbers(found["distances"]), _numbers(found["durations"])
    km = [[cell["distance"] for cell in row] for row in found]
    return _numbers(km), _numbers([[cell["time"] for cell in row] for row in found])


def _numbers(rows: list[list[float | None]]) -> NDArray[np.float64]:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=np.float64)


def _read(server: Server, request: urllib.request.Request) -> dict[str, Any]:
    with urllib.request.urlopen(request, timeout=server.timeout) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def _mark(server: Server) -> str:
    return hashlib.sha256(str(server).encode()).hexdigest()[:16]


def _load(server: Server, file: Path) -> tuple[dict[Point, int], NDArray[np.float32], NDArray[np.float32]]:
    """Return the places on disk by number, and the tables; nothing where they are of another server."""
    empty = np.zeros((0, 0), np.float32)
    try:
        with np.load(file) as kept:
            if str(kept["server"]) != _mark(server):
                return {}, empty, empty
            places = {(float(lat), float(lon)): n for n, (lat, lon) in enumerate(kept["places"])}
            return places, kept["km"], kept["minutes"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}, empty, empty


def _save(
    server: Server,
    file: Path,
    places: list[Point],
    km: NDArray[np.float32],
    minutes: NDArray[np.float32],
) -> None:
    """Keep the tables; a reader sees the old file or the new one, never half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with part.open("wb") as stream:
        np.savez_compressed(stream, server=_mark(server), places=np.array(places), km=km, minutes=minutes)
    part.replace(file)
