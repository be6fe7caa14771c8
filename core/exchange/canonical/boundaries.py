"""Boundaries in GeoJSON as this program writes them: each feature carries region_id, in WGS-84 degrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import shapely

from core.errors import ImportRefusedError
from core.exchange.features import area_of, read_features, region_id_of
from core.sandbox import read_apart
from core.store.loading.problems import Problem
from core.store.loading.source_table import RawTable
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from pathlib import Path

_ROW = "_row"


def read(path: Path) -> tuple[list[RawTable], list[Problem]]:
    """Read the polygons of a GeoJSON file whose features carry ``region_id``.

    Parameters
    ----------
    path
        A FeatureCollection in WGS-84 degrees; ``region_id`` is a property of each feature. The outer ring
        is turned counter-clockwise (RFC 7946) and invalid polygons are repaired. Files of others, keyed by
        code or name, are read by :mod:`core.exchange.flow.outlines.rows`, which asks for their system.

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
    areas = read_apart(path.name, areas_in, path.absolute())
    data = pa.table(
        {
            "region_id": pa.array(areas.ids, pa.string()),
            "geometry_wkb": pa.array(areas.shapes, pa.binary()),
            "origin": pa.array(["imported"] * len(areas.ids), pa.string()),
            _ROW: pa.array(areas.rows, pa.int64()),
        }
    )
    problems = [
        Problem(code, path.name, BOUNDARY.name, "region_id", region_id, (number,))
        for code, region_id, number in areas.flaws
    ]
    columns = {column.name: column.name for column in BOUNDARY.columns}
    return [RawTable(BOUNDARY, path.name, columns, data=data, row_column=_ROW)], problems


@dataclass
class Areas:
    """The polygons of a file.

    Parameters
    ----------
    ids, shapes, rows
        Of each polygon: region, WKB, number of the feature from 1.
    flaws
        Code, region and number of features that aren't as they should be.
    """

    ids: list[str] = field(default_factory=list)
    shapes: list[bytes] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    flaws: list[tuple[str, str | None, int]] = field(default_factory=list)


def areas_in(path: Path) -> Areas:
    """Return the polygons of a file; geometry that others wrote is repaired in a process of its own."""
    areas = Areas()
    for number, feature in enumerate(read_features(path), 1):
        # An id alone may be anybody's: whose files they are, and in which system, the guided way asks.
        region_id = region_id_of(feature) if "region_id" in (feature.get("properties") or {}) else None
        geometry, code = area_of(feature)
        code = "missing" if region_id is None else code
        if code is not None:
            areas.flaws.append((code, region_id, number))
        if region_id is not None and geometry is not None:
            areas.ids.append(region_id)
            areas.shapes.append(shapely.to_wkb(geometry))
            areas.rows.append(number)
    return areas


def is_own(path: Path) -> bool:
    """Tell whether every feature of a file carries region_id: then it is one of this program's."""
    try:
        return read_apart(path.name, have_regions, path.absolute())
    except ImportRefusedError:
        return False


def have_regions(path: Path) -> bool:
    """Tell whether a file has features and each carries region_id."""
    features = read_features(path)
    return bool(features) and all(
        isinstance(feature, dict) and "region_id" in (feature.get("properties") or {}) for feature in features
    )
