"""Features of GeoJSON files: their ids, and their areas repaired and turned the right way round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from core.errors import ImportRefusedError
from core.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_AREAS = {"Polygon", "MultiPolygon"}


def oriented(geometry: BaseGeometry) -> BaseGeometry:
    """Turn outer rings counter-clockwise and holes clockwise, as RFC 7946 wants and maps need."""
    return shapely.orient_polygons(geometry)


def read_features(path: Path) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file.

    Raises
    ------
    ImportRefusedError
        The file can't be read, or is no GeoJSON.
    """
    try:
        content = json.loads(path.read_text("utf-8-sig"))
        features = content["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ImportRefusedError(
            _("The file {file} is no GeoJSON collection of features.", file=path.name),
            _("It has to be UTF-8 and of type FeatureCollection; each feature carries region_id."),
        ) from error
    return features


def region_id_of(feature: dict[str, Any]) -> str | None:
    """Return the property ``region_id`` or the id of a feature as text; None where it has neither."""
    properties = feature.get("properties") or {}
    found = properties.get("region_id", feature.get("id"))
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return str(found).strip() or None if found is not None else None


def area_of(feature: dict[str, Any]) -> tuple[BaseGeometry | None, str | None]:
    """Return the polygon and what had to be done: ``no_area`` or ``repaired`` or nothing."""
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None, "no_area"
    code = None
    if not geometry.is_valid:
        geometry, code = shapely.make_valid(geometry), "repaired"
    if geometry.geom_type == "GeometryCollection":
        geometry = shapely.union_all([part for part in geometry.geoms if part.geom_type in _AREAS])
    if geometry.is_empty or geometry.geom_type not in _AREAS:
        return None, "no_area"
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return None, "not_degrees"
    return oriented(geometry), code
