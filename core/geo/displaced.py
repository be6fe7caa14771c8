"""Drawing on a map of another coordinate system: which tiles hold what a displaced tile shows.

A map in GCJ-02 lies some hundred metres beside WGS-84. Far away that is less than a pixel or two; near,
a tile shows what is stored under its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.geo.cells import quadkey, tile_bounds, tile_of
from core.geo.coordinates import convert

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR_ZOOM = 9
"""Up to here the shift is less than 1 % of a tile."""


def covering(tile: tuple[int, int, int], system: str) -> list[tuple[int, int, int]]:
    """Return the WGS-84 tiles that hold what a tile of another system shows."""
    zoom, column, row = tile
    bounds = tile_bounds(zoom, column, row)
    if system == "WGS-84" or zoom <= FAR_ZOOM:
        return [tile]
    # The shift changes by less than a hundredth of itself within a tile: the edges stay almost straight.
    margin_lat = (bounds.north - bounds.south) * 0.02
    margin_lon = (bounds.east - bounds.west) * 0.02
    lat, lon = convert(
        [
            bounds.south - margin_lat,
            bounds.south - margin_lat,
            bounds.north + margin_lat,
            bounds.north + margin_lat,
        ],
        [
            bounds.west - margin_lon,
            bounds.east + margin_lon,
            bounds.west - margin_lon,
            bounds.east + margin_lon,
        ],
        system,
        "WGS-84",
    )
    columns, rows = tile_of(quadkey(lat, lon, zoom))
    return [
        (zoom, int(i), int(j))
        for i in range(int(columns.min()), int(columns.max()) + 1)
        for j in range(int(rows.min()), int(rows.max()) + 1)
    ]


def shown_in(
    tile: tuple[int, int, int], lat: NDArray[np.float64], lon: NDArray[np.float64], system: str
) -> NDArray[np.bool_]:
    """Tell which WGS-84 points a tile of another system shows; every point is in exactly one tile."""
    zoom, column, row = tile
    if system == "WGS-84" or zoom <= FAR_ZOOM:
        return np.ones(len(lat), dtype=bool)
    columns, rows = tile_of(quadkey(*convert(lat, lon, "WGS-84", system), zoom))
    found: NDArray[np.bool_] = (columns == column) & (rows == row)
    return found
