"""Borders of regions cut into tiles: as fine as the zoom can show, however many regions there are."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from core.geo.cells import tile_bounds
from core.geo.coordinates import convert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PIXELS = 512
FINEST = 14
"""From this zoom on borders are drawn as they were imported."""
OVERLAP = 0.02
"""Share of a tile's width by which its lines reach over its edge, so that strokes meet."""


class Borders:
    """The outlines of some regions.

    Parameters
    ----------
    polygons
        WKB polygons, WGS-84; neighbours share their common edge.
    """

    def __init__(self, polygons: Sequence[bytes], system: str = "WGS-84") -> None:
        shapes = [shape for shape in shapely.from_wkb(list(polygons)) if not shape.is_empty]
        if system != "WGS-84":
            shapes = [shapely.transform(shape, partial(_moved, system)) for shape in shapes]
        self._whole = shapely.make_valid(shapes) if shapes else []
        self._lines: dict[int, shapely.STRtree] = {}
        self._lock = threading.Lock()

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        """Return the lines of a tile as GeoJSON.

        Raises
        ------
        InputError
            There is no such tile.
        """
        bounds = tile_bounds(zoom, column, row)
        margin = (bounds.east - bounds.west) * OVERLAP
        box = (bounds.west - margin, bounds.south - margin, bounds.east + margin, bounds.north + margin)
        tree = self._at(zoom)
        near = tree.geometries.take(tree.query(shapely.box(*box)))
        cut = shapely.clip_by_rect(near, *box)
        cut = cut[~shapely.is_empty(cut)]
        features = [
            f'{{"type":"Feature","properties":{{}},"geometry":{text}}}'
            for text in shapely.to_geojson(shapely.set_precision(cut, 1e-6)).tolist()
        ]
        return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()

    def _at(self, zoom: int) -> shapely.STRtree:
        """Return the lines of a zoom, simplified to half a pixel, made at the first use."""
        level = min(zoom, FINEST)
        with self._lock:
            if level not in self._lines:
                shapes = self._whole
                if level < FINEST and len(shapes):
                    # As one coverage, so that neighbours keep one common border.
                    shapes = shapely.coverage_simplify(shapes, 360 / (PIXELS * (1 << level)) / 2)
                self._lines[level] = shapely.STRtree(shapely.get_parts(shapely.boundary(shapes)))
            return self._lines[level]


def _moved(system: str, points: NDArray[np.float64]) -> NDArray[np.float64]:
    lat, lon = convert(points[:, 1], points[:, 0], "WGS-84", system)
    return np.column_stack([lon, lat])
