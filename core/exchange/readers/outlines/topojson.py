"""Outlines in TopoJSON: arcs that neighbours share, as the format's specification of 2013 describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from core.exchange.readers.outlines.features import Feature

Point = tuple[float, float]
Arc = list[Point]


def is_topojson(data: object) -> bool:
    """Tell whether the content of a JSON file is TopoJSON."""
    return (
        isinstance(data, Mapping)
        and data.get("type") == "Topology"
        and isinstance(data.get("objects"), Mapping)
    )


def topojson_features(data: Mapping[str, Any]) -> dict[str, list[Feature]]:
    """Return the features of every object of a topology, by its name."""
    arcs = _arcs(data)
    return {str(name): _features(item, arcs) for name, item in data["objects"].items()}


def _features(item: Mapping[str, Any], arcs: Sequence[Arc]) -> list[Feature]:
    if item.get("type") == "GeometryCollection":
        return [feature for part in item.get("geometries", ()) for feature in _features(part, arcs)]
    own = dict(item.get("properties") or {})
    if item.get("id") is not None and "id" not in own:
        own["id"] = item["id"]
    return [Feature(own, _shape(item, arcs))]


def _arcs(data: Mapping[str, Any]) -> list[Arc]:
    transform = data.get("transform")
    arcs = []
    for arc in data.get("arcs", ()):
        points = np.array([point[:2] for point in arc], dtype=np.float64).reshape(-1, 2)
        if transform:
            # Every point is the step from the one before it, in units of the grid.
            points = np.cumsum(points, axis=0) * transform["scale"] + transform["translate"]
        arcs.append([(float(x), float(y)) for x, y in points])
    return arcs


def _shape(item: Mapping[str, Any], arcs: Sequence[Arc]) -> shapely.Geometry | None:
    try:
        if item.get("type") == "Polygon":
            return _polygon(item["arcs"], arcs)
        if item.get("type") == "MultiPolygon":
            return shapely.MultiPolygon([_polygon(rings, arcs) for rings in item["arcs"]])
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError):
        return None
    return None


def _polygon(rings: Sequence[Sequence[int]], arcs: Sequence[Arc]) -> shapely.Polygon:
    outer, *holes = (_ring(ring, arcs) for ring in rings)
    return shapely.Polygon(outer, holes)


def _ring(numbers: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    """Join arcs; a number below zero is an arc from its end (~n), and neighbours share a point."""
    points: Arc = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points
