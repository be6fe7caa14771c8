"""A collection of outlines as a table: a row per feature, a column per property, the shapes beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely

from core.exchange.readers.questions import Note
from core.exchange.readers.reading import SheetReading

_AREAS = ("Polygon", "MultiPolygon")
_LONGEST = 200
"""Characters of a list that are kept as a cell."""


@dataclass(frozen=True)
class Feature:
    """One feature.

    Parameters
    ----------
    properties
        Its names and codes as they stand; a mapping inside is taken apart.
    shape
        Its geometry in the coordinates of the file; None where it has none that can be read.
    """

    properties: Mapping[str, Any] = field(default_factory=dict)
    shape: shapely.Geometry | None = None


def sheet_of(file: str, name: str, features: Sequence[Feature], system: str = "") -> SheetReading:
    """Return features as a table.

    Parameters
    ----------
    file, name
        Of the file, and of the collection in it.
    system
        The coordinate system that the file itself declares; empty where it declares none.
    """
    rows = [_flat(feature.properties) for feature in features]
    headers = list(dict.fromkeys(header for row in rows for header in row))
    table = pd.DataFrame([[row.get(header) for header in headers] for row in rows], columns=headers)
    numbers = np.arange(1, len(rows) + 1, dtype=np.int64)
    return SheetReading(
        file,
        name,
        "table" if rows else "empty",
        table.astype(object),
        numbers,
        likeness=1.0,
        positions=tuple(range(len(headers))),
        outlines=tuple(area_of(feature.shape) for feature in features),
        system=system,
        notes=(Note("outlines", {"count": len(rows)}),),
    )


def _flat(properties: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for key, value in properties.items():
        if isinstance(value, Mapping):
            cells |= _flat(value, f"{before}{key}.")
        elif isinstance(value, bool) or value is None:
            cells[f"{before}{key}"] = value
        elif isinstance(value, (int, float)):
            # Codes are often written as numbers: 420100, 420100.0.
            whole = float(value).is_integer() if isinstance(value, float) else True
            cells[f"{before}{key}"] = str(int(value)) if whole else value
        elif isinstance(value, (str, bytes)):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            cells[f"{before}{key}"] = text.strip("\x00 \t\r\n") or None
        elif isinstance(value, (list, tuple)):
            cells[f"{before}{key}"] = str(value)[:_LONGEST]
    return cells


def area_of(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return the polygons of a geometry, flat and valid; None where it has none.

    A line that closes (as CAD and old map files write outlines) is no polygon.
    """
    if shape is None or shape.is_empty:
        return None
    flat = shapely.force_2d(shape)
    if not flat.is_valid:
        flat = shapely.make_valid(flat)
    parts = [part for part in shapely.get_parts(flat, return_index=False) if part.geom_type in _AREAS]
    if flat.geom_type in _AREAS:
        return flat
    return shapely.union_all(parts) if parts else None
