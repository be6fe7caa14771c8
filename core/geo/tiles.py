"""Map tiles as GeoJSON: rows of cells or terminals become coloured features with their figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

import numpy as np

from core.geo.cells import tile_of
from core.geo.coordinates import convert
from core.geo.measures import LEADER, MEASURES, NAMED_RIVALS, leader_of
from core.i18n import _, current_language, format_date, ngettext
from core.known_words import known_word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]

EMPTY = b'{"type":"FeatureCollection","features":[]}'
MISSING = "—"


@dataclass(frozen=True)
class TileStyle:
    """How a tile is drawn.

    Parameters
    ----------
    colours
        RGB of every class of the measure, the last one for unknown.
    companies
        Names of the own company and of the rivals 1 to 5, as tooltips show them.
    money_divisor, money_unit
        How many fen the unit of money holds, and its word.
    """

    measure: str
    colours: tuple[tuple[int, int, int], ...]
    companies: tuple[str, ...]
    others: str
    money_divisor: float
    money_unit: str
    system: str = "WGS-84"


def tile_geojson(rows: Columns, cell_zoom: int | None, style: TileStyle) -> bytes:
    """Return a tile as GeoJSON.

    A tile has thousands of values, so each property is written as a column of JSON texts, and a feature
    is one template filled from them.

    Parameters
    ----------
    rows
        Cells or terminals by column, each array of shape (n,); amounts in fen, NaN where nothing is recorded.
    cell_zoom
        Zoom of the cells; None for terminals.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8. ``properties.fill`` is the colour; ``own``, ``total`` are yuan.
    """
    if not rows or not len(rows["terminals"]):
        return EMPTY
    geometries = _squares(rows, cell_zoom, style) if cell_zoom is not None else _points(rows, style)
    properties = _properties(rows, style) | (
        _cell_texts(rows, cell_zoom) if cell_zoom is not None else _terminal_texts(rows)
    )
    named = ",".join(f'"{name}":%s' for name in properties)
    kind = "terminal" if cell_zoom is None else "cell"
    feature = f'{{"type":"Feature","geometry":%s,"properties":{{"kind":"{kind}",{named}}}}}'
    features = ",".join([feature % values for values in zip(geometries, *properties.values(), strict=True)])
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


def _squares(rows: Columns, zoom: int, style: TileStyle) -> list[str]:
    column, row = tile_of(rows["cell"])
    size = float(1 << zoom)
    west, east = column / size * 360 - 180, (column + 1) / size * 360 - 180
    north, south = _latitude(row / size), _latitude((row + 1) / size)
    # Two opposite corners are moved; a cell is too small for its sides to turn.
    north, west = convert(north, west, "WGS-84", style.system)
    south, east = convert(south, east, "WGS-84", style.system)
    return [
        f'{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}'
        for w, e, s, n in zip(
            *(np.round(edge, 6).tolist() for edge in (west, east, south, north)), strict=True
        )
    ]


def _points(rows: Columns, style: TileStyle) -> list[str]:
    lat, lon = convert(rows["lat"], rows["lon"], "WGS-84", style.system)
    return [
        f'{{"type":"Point","coordinates":[{x},{y}]}}'
        for x, y in zip(lon.round(6).tolist(), lat.round(6).tolist(), strict=True)
    ]


def _latitude(fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * fraction))))


def _properties(rows: Columns, style: TileStyle) -> dict[str, Iterable[str]]:
    leaders = leader_of(rows)
    names = (*style.companies, *[style.others] * (NAMED_RIVALS + 2 - len(style.companies)), MISSING)
    led = [names[code] for code in leaders.tolist()]
    if style.measure == LEADER:
        classes, measured = leaders, led
    else:
        measure = MEASURES[style.measure]
        values = measure.value(rows)
        classes, measured = measure.classes(values), _shown(values, measure.unit)
    fills = [f"[{red},{green},{blue}]" for red, green, blue in style.colours]
    # A look into the catalogues takes longer than everything else about a value: once per tile.
    sold, leading = _("Ours {own} of {total}"), _("Share {share}, leader {leader}")
    own, total = _money(rows["own"], style), _money(rows["total"], style)
    share = _shown(MEASURES["share"].value(rows), "percent")
    return {
        "fill": [fills[code] for code in classes.tolist()],
        "terminals": [str(int(count)) for count in rows["terminals"].tolist()],
        "own": _yuan(rows["own"]),
        "total": _yuan(rows["total"]),
        "measured": map(encode_basestring, measured),
        "sold": [encode_basestring(sold.format(own=a, total=b)) for a, b in zip(own, total, strict=True)],
        "led": [
            encode_basestring(leading.format(share=a, leader=b)) for a, b in zip(share, led, strict=True)
        ],
    }


def _cell_texts(rows: Columns, zoom: int) -> dict[str, Iterable[str]]:
    places = (index.tolist() for index in tile_of(rows["cell"]))
    grades = (rows[name].astype(int).tolist() for name in ("grade_a", "grade_b", "grade_c"))
    gaps = (rows[name].astype(int).tolist() for name in ("blank", "unvisited"))
    text = _("{blank} blank, {unvisited} unvisited")
    return {
        "cell": [f'"{zoom}/{column}/{row}"' for column, row in zip(*places, strict=True)],
        "title": [_counted(int(count), current_language()) for count in rows["terminals"].tolist()],
        "about": [f'"A {a} · B {b} · C {c}"' for a, b, c in zip(*grades, strict=True)],
        "gaps": [encode_basestring(text.format(blank=b, unvisited=u)) for b, u in zip(*gaps, strict=True)],
    }


def _terminal_texts(rows: Columns) -> dict[str, Iterable[str]]:
    kinds = zip(map(known_word, rows["outlet_type"].tolist()), rows["grade"].tolist(), strict=True)
    return {
        "terminal_id": map(encode_basestring, rows["terminal_id"].tolist()),
        "title": map(encode_basestring, rows["name"].tolist()),
        "about": [encode_basestring(" · ".join(part for part in pair if part)) for pair in kinds],
        "gaps": [_visited(day, current_language()) for day in rows["last_visit"].tolist()],
    }


@lru_cache(maxsize=4_000)
def _counted(count: int, _language: str) -> str:
    return encode_basestring(ngettext("{n} terminal", "{n} terminals", count))


@lru_cache(maxsize=4_000)
def _visited(day: dt.date | None, _language: str) -> str:
    text = _("Last visit {day}", day=format_date(day)) if day else _("No visit is recorded.")
    return encode_basestring(text)


def _yuan(fen: NDArray[np.float64]) -> list[str]:
    return ["null" if math.isnan(value) else repr(value) for value in (fen / 100).tolist()]


def _money(fen: NDArray[np.float64], style: TileStyle) -> list[str]:
    amounts = (fen / style.money_divisor).tolist()
    return [MISSING if math.isnan(value) else f"{value:,.1f} {style.money_unit}" for value in amounts]


# Babel takes some 30 µs for each number; both languages write them the same way, so they are formatted here.
def _shown(values: NDArray[np.float64], unit: str) -> list[str]:
    if unit == "days":
        return [MISSING if math.isnan(value) else f"{value:,.0f}" for value in values.tolist()]
    return [MISSING if math.isnan(value) else f"{value * 100:,.1f}%" for value in values.tolist()]
