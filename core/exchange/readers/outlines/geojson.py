"""Outlines in GeoJSON, as web maps publish them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import shape

from core.errors import ImportRefusedError
from core.exchange.readers.outlines.features import Feature
from core.i18n import _

_DEGREES = re.compile(r"(?:EPSG:+(?:4326|4979|4490)|CRS84h?|CRS:84|CGCS_?2000)$", re.IGNORECASE)
_METRES = re.compile(r"EPSG:+(?:3857|900913|102100)$", re.IGNORECASE)
WGS84, METRES = "WGS-84", "WGS-84 metres"


def is_geojson(data: object) -> bool:
    """Tell whether the content of a JSON file is GeoJSON."""
    return isinstance(data, Mapping) and data.get("type") in {"FeatureCollection", "Feature"}


def geojson_features(data: Mapping[str, Any]) -> list[Feature]:
    """Return the features of a collection; coordinates compressed as by old ECharts maps are unpacked."""
    items = data.get("features") if data["type"] == "FeatureCollection" else [data]
    packed = bool(data.get("UTF8Encoding"))
    features = []
    for item in items if isinstance(items, Sequence) else ():
        if not isinstance(item, Mapping):
            continue
        properties = item.get("properties")
        own = dict(properties) if isinstance(properties, Mapping) else {}
        if item.get("id") is not None and "id" not in own:
            own["id"] = item["id"]
        geometry = item.get("geometry")
        if packed and isinstance(geometry, Mapping):
            geometry = _unpacked(geometry)
        features.append(Feature(own, _shape(geometry)))
    return features


def declared_system(data: Mapping[str, Any], file: str) -> str:
    """Return the coordinate system that a file declares, empty for none.

    Raises
    ------
    ImportRefusedError
        It declares one that can't be turned into degrees without a datum.
    """
    crs = data.get("crs")
    named = crs.get("properties", {}).get("name", "") if isinstance(crs, Mapping) else ""
    if not named:
        return ""
    if _DEGREES.search(named):
        return WGS84
    if _METRES.search(named):
        return METRES
    raise ImportRefusedError(
        _("{file} is in the coordinate system {system}.", file=file, system=named),
        _("Read are degrees and Web Mercator. Save it in WGS 84 (EPSG:4326), for example with QGIS."),
    )


def _shape(geometry: object) -> shapely.Geometry | None:
    try:
        return shape(geometry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return None


def _unpacked(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a geometry with its rings as numbers: deltas in 1/1024 of a degree, a character each."""
    coordinates, offsets = geometry.get("coordinates", []), geometry.get("encodeOffsets", [])
    if geometry.get("type") == "Polygon":
        rings: list[Any] = [list(_ring(t, o)) for t, o in zip(coordinates, offsets, strict=False)]
    else:
        rings = [
            [list(_ring(t, o)) for t, o in zip(texts, starts, strict=False)]
            for texts, starts in zip(coordinates, offsets, strict=False)
        ]
    return {"type": geometry.get("type"), "coordinates": rings}


def _ring(text: str, start: Sequence[int]) -> Iterator[tuple[float, float]]:
    x, y = start
    for at in range(0, len(text) - 1, 2):
        dx, dy = ord(text[at]) - 64, ord(text[at + 1]) - 64
        x, y = x + ((dx >> 1) ^ -(dx & 1)), y + ((dy >> 1) ^ -(dy & 1))
        yield x / 1024, y / 1024
