"""Map tiles as GeoJSON: rows of cells or terminals become coloured features with their figures."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.geo.cells import tile_of
from core.geo.coordinates import convert
from core.geo.measures import LEADER, MEASURES, NAMED_RIVALS, leader_of
from core.i18n import _, current_language, format_date, ngettext

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

EMPTY = b'{"type":"FeatureCollection","features":[]}'
MISSING = "—"


@dataclass(frozen=True)
class TileStyle:
    """How a tile is drawn.

    Parameters
    ----------
    measure
        Key of the measure that gives the colour.
    colours
        RGB of every class of the measure, the last one for unknown.
    companies
        Names of the own company and of the rivals 1 to 5, as tooltips show them.
    others
        What stands for everybody else.
    money_divisor, money_unit
        How many fen the unit of money holds, and its word.
    system
        The coordinate system of the map that is drawn on.
    """

    measure: str
    colours: tuple[tuple[int, int, int], ...]
    companies: tuple[str, ...]
    others: str
    money_divisor: float
    money_unit: str
    system: str = "WGS-84"


def tile_geojson(rows: pd.DataFrame, cell_zoom: int | None, style: TileStyle) -> bytes:
    """Return a tile as GeoJSON.

    Parameters
    ----------
    rows
        Cells or terminals; amounts in fen, missing where nothing is recorded.
    cell_zoom
        Zoom of the cells; None for terminals.
    style
        Colour and wording; numbers are in the current language.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8. ``properties.fill`` is the colour; ``own``, ``total`` are yuan.
    """
    if rows.empty:
        return EMPTY
    geometries = _squares(rows, cell_zoom, style) if cell_zoom is not None else _points(rows, style)
    properties = _properties(rows, style, is_cell=cell_zoom is not None)
    features = [
        {"type": "Feature", "geometry": geometry, "properties": values}
        for geometry, values in zip(geometries, properties, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _squares(rows: pd.DataFrame, zoom: int, style: TileStyle) -> list[dict[str, Any]]:
    column, row = tile_of(rows["cell"].to_numpy(np.int64))
    size = float(1 << zoom)
    west, east = column / size * 360 - 180, (column + 1) / size * 360 - 180
    north, south = _latitude(row / size), _latitude((row + 1) / size)
    # Two opposite corners are moved; a cell is too small for its sides to turn.
    north, west = convert(north, west, "WGS-84", style.system)
    south, east = convert(south, east, "WGS-84", style.system)
    return [
        {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}
        for w, e, s, n in zip(
            *(np.round(edge, 6).tolist() for edge in (west, east, south, north)), strict=True
        )
    ]


def _points(rows: pd.DataFrame, style: TileStyle) -> list[dict[str, Any]]:
    lat, lon = convert(rows["lat"], rows["lon"], "WGS-84", style.system)
    longitudes, latitudes = lon.round(6).tolist(), lat.round(6).tolist()
    return [
        {"type": "Point", "coordinates": [lon, lat]} for lon, lat in zip(longitudes, latitudes, strict=True)
    ]


def _latitude(fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * fraction))))


def _properties(rows: pd.DataFrame, style: TileStyle, *, is_cell: bool) -> list[dict[str, Any]]:
    leaders = leader_of(rows)
    share = MEASURES["share"].value(rows)
    if style.measure == LEADER:
        classes, value = leaders, [_leader(code, style) for code in leaders.tolist()]
    else:
        measure = MEASURES[style.measure]
        values = measure.value(rows)
        classes, value = measure.classes(values), [_show(number, measure.unit) for number in values.tolist()]
    fill = np.array(style.colours)[classes]
    columns: dict[str, list[Any]] = {
        "fill": fill.tolist(),
        "terminals": rows["terminals"].astype(int).tolist(),
        "own": _yuan(rows["own"]),
        "total": _yuan(rows["total"]),
        "measured": value,
        "sold": [
            _("Ours {own} of {total}", own=own, total=total)
            for own, total in zip(_money(rows["own"], style), _money(rows["total"], style), strict=True)
        ],
    }
    columns |= _cell_columns(rows) if is_cell else _terminal_columns(rows)
    columns["led"] = [
        _("Share {share}, leader {leader}", share=_show(number, "percent"), leader=leader)
        for number, leader in zip(
            share.tolist(), [_leader(code, style) for code in leaders.tolist()], strict=True
        )
    ]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _cell_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    counts = rows["terminals"].astype(int).tolist()
    grades = zip(rows["grade_a"], rows["grade_b"], rows["grade_c"], strict=True)
    gaps = zip(rows["blank"], rows["unvisited"], strict=True)
    return {
        "kind": ["cell"] * len(rows),
        "title": [ngettext("{n} terminal", "{n} terminals", count) for count in counts],
        "about": [f"A {a} · B {b} · C {c}" for a, b, c in grades],
        "gaps": [_("{blank} blank, {unvisited} unvisited", blank=b, unvisited=u) for b, u in gaps],
    }


def _terminal_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    visits = zip(rows["last_visit"], rows["last_visit"].notna(), strict=True)
    kinds = zip(rows["outlet_type"], rows["grade"], strict=True)
    return {
        "kind": ["terminal"] * len(rows),
        "terminal_id": rows["terminal_id"].tolist(),
        "title": rows["name"].tolist(),
        "about": [" · ".join(part for part in pair if isinstance(part, str)) for pair in kinds],
        "gaps": [
            _("Last visit {day}", day=_day(day, current_language())) if known else _("No visit is recorded.")
            for day, known in visits
        ],
    }


def _leader(code: int, style: TileStyle) -> str:
    if code > NAMED_RIVALS + 1:
        return MISSING
    return style.companies[code] if code < len(style.companies) else style.others


def _yuan(fen: pd.Series) -> list[float | None]:
    return [None if math.isnan(value) else value / 100 for value in _floats(fen)]


def _money(fen: pd.Series, style: TileStyle) -> list[str]:
    return [
        MISSING if math.isnan(value) else f"{value / style.money_divisor:,.1f} {style.money_unit}"
        for value in _floats(fen)
    ]


def _floats(values: pd.Series) -> list[float]:
    numbers: list[float] = values.to_numpy(np.float64, na_value=np.nan).tolist()
    return numbers


# A tile writes thousands of numbers. Babel takes some 30 µs for each; both languages write them the same
# way, so they are formatted here.
def _show(value: float, unit: str) -> str:
    if math.isnan(value):
        return MISSING
    return f"{value:,.0f}" if unit == "days" else f"{value * 100:,.1f}%"


@lru_cache(maxsize=4_000)
def _day(value: dt.date, _language: str) -> str:
    return format_date(value)
