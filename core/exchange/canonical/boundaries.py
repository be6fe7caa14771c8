"""Boundaries of regions from GeoJSON files, repaired and turned the right way round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely
from shapely.geometry import shape

from core.errors import ImportRefusedError
from core.i18n import _
from core.store.loading.problems import Problem
from core.store.loading.source_table import RawTable
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_ROW = "_row"
_AREAS = {"Polygon", "MultiPolygon"}


def read(path: Path) -> tuple[list[RawTable], list[Problem]]:
    """Read the polygons of a GeoJSON file whose features carry ``region_id``.

    Parameters
    ----------
    path
        A FeatureCollection in WGS-84 degrees; ``region_id`` is a property of each feature or its
        ``id``. The outer ring is turned counter-clockwise (RFC 7946) and invalid polygons are repaired.

    Returns
    -------
    list of RawTable
        The table of boundaries.
    list of Problem
        Features without id, without an area, or repaired; "row" is the number of the feature.

    Raises
    ------
    ImportRefusedError
        The file is no GeoJSON.
    """
    ids: list[str] = []
    shapes: list[bytes] = []
    rows: list[int] = []
    problems: list[Problem] = []
    for number, feature in enumerate(_features(path), 1):
        region_id = _region_id(feature)
        geometry, code = _area(feature)
        code = "missing" if region_id is None else code
        if code is not None:
            problems.append(Problem(code, path.name, BOUNDARY.name, "region_id", region_id, (number,)))
        if region_id is not None and geometry is not None:
            ids.append(region_id)
            shapes.append(shapely.to_wkb(geometry))
            rows.append(number)
    data = pa.table(
        {
            "region_id": pa.array(ids, pa.string()),
            "geometry_wkb": pa.array(shapes, pa.binary()),
            "origin": pa.array(["imported"] * len(ids), pa.string()),
            _ROW: pa.array(rows, pa.int64()),
        }
    )
    columns = {column.name: column.name for column in BOUNDARY.columns}
    return [RawTable(BOUNDARY, path.name, columns, data=data, row_column=_ROW)], problems


def oriented(geometry: BaseGeometry) -> BaseGeometry:
    """Turn outer rings counter-clockwise and holes clockwise, as RFC 7946 wants and maps need."""
    return shapely.orient_polygons(geometry)


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
        features = content["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise ImportRefusedError(
            _("The file {file} is no GeoJSON collection of features.", file=path.name),
            _("It has to be UTF-8 and of type FeatureCollection; each feature carries region_id."),
        ) from error
    return features


def _region_id(feature: dict[str, Any]) -> str | None:
    properties = feature.get("properties") or {}
    found = properties.get("region_id", feature.get("id"))
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return str(found).strip() or None if found is not None else None


def _area(feature: dict[str, Any]) -> tuple[BaseGeometry | None, str | None]:
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
