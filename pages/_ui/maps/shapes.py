"""Boundaries made ready to draw: simplified together, wound for d3, with a place for a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely

# Finer than a pixel of a picture this wide is not drawn: it would be sent with every click.
DETAIL = 900
PLACE_COLUMNS = ["region_id", "lon", "lat", "width", "height", "west", "south", "east", "north"]


@dataclass(frozen=True)
class Shapes:
    """Polygons of regions.

    Parameters
    ----------
    features
        GeoJSON feature of every region, by region_id.
    places
        region_id; lon, lat: where its label stands; width, height: room there; west, south, east,
        north: its box. In degrees.
    """

    features: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PLACE_COLUMNS))

    def collection(self, region_ids: list[str]) -> dict[str, Any]:
        """Return the GeoJSON of some regions; unknown ones are left out."""
        features = [self.features[r] for r in region_ids if r in self.features]
        return {"type": "FeatureCollection", "features": features}


def shapes(boundaries: pd.DataFrame) -> Shapes:
    """Prepare polygons for a map.

    Parameters
    ----------
    boundaries
        region_id and geometry_wkb, WGS-84.

    Returns
    -------
    Shapes
        Simplified as one coverage, so that neighbours keep their common border, and wound
        clockwise: d3 reads the other winding as the whole globe but the region.
    """
    if boundaries.empty:
        return Shapes()
    # A list, because shapely reads no Arrow array.
    polygons = shapely.make_valid(shapely.from_wkb(boundaries["geometry_wkb"].to_list()))
    west, south, east, north = (float(v) for v in shapely.total_bounds(polygons))
    step = max(east - west, north - south, 1e-6) / DETAIL
    outlines = _polygons_only(shapely.coverage_simplify(_polygons_only(polygons), step))
    outlines = shapely.orient_polygons(outlines, exterior_cw=True)
    decimals = max(0, int(np.ceil(-np.log10(step))) + 1)
    rounded = shapely.transform(outlines, lambda points: points.round(decimals))
    ids = [str(r) for r in boundaries["region_id"]]
    features = {
        region: {
            "type": "Feature",
            "id": region,
            "properties": {},
            "geometry": shapely.geometry.mapping(polygon),
        }
        for region, polygon in zip(ids, rounded, strict=True)
        if not polygon.is_empty
    }
    return Shapes(features, _label_places(ids, outlines))


def _polygons_only(geometries: np.ndarray) -> np.ndarray:
    """Drop the points and lines that repairing a polygon may leave."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    area = np.isin(shapely.get_type_id(parts), (3, 6))
    parts, owner = (
        shapely.get_parts(parts[area], return_index=True)[0],
        np.repeat(owner[area], shapely.get_num_geometries(parts[area])),
    )
    return np.array([shapely.multipolygons(parts[owner == i]) for i in range(len(geometries))], dtype=object)


def _label_places(region_ids: list[str], polygons: np.ndarray) -> pd.DataFrame:
    """Find the widest place of each polygon and the room there."""
    rows = []
    for region, polygon in zip(region_ids, polygons, strict=True):
        if polygon.is_empty:
            continue
        largest = max(polygon.geoms, key=lambda part: part.area)
        place = shapely.point_on_surface(largest)
        radius = shapely.maximum_inscribed_circle(largest, tolerance=largest.length / 200)
        if shapely.length(radius) > 0:
            place = shapely.get_point(radius, 0)
        row = _chord(largest, place, horizontal=True), _chord(largest, place, horizontal=False)
        rows.append((region, place.x, place.y, *row, *polygon.bounds))
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def _chord(polygon: shapely.Polygon, place: shapely.Point, *, horizontal: bool) -> float:
    """Return twice the distance from a point to the nearer border along one axis, in degrees."""
    west, south, east, north = polygon.bounds
    line = [(west, place.y), (east, place.y)] if horizontal else [(place.x, south), (place.x, north)]
    inside = shapely.get_parts(shapely.intersection(polygon, shapely.LineString(line)))
    here = place.x if horizontal else place.y
    for part in inside:
        low, high = (part.bounds[0], part.bounds[2]) if horizontal else (part.bounds[1], part.bounds[3])
        if low <= here <= high:
            return float(2 * min(here - low, high - here))
    return 0.0
