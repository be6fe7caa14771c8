"""Web-Mercator tiles as integers: the order terminals are stored in, and the extent of a tile.

A cell is the quadkey of a point at zoom 24 as one integer: the bits of the tile's column and row,
interleaved, so that all points of any tile of any lower zoom are one range of cells. Sorted by cell,
a tile reads one piece of the table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CELL_ZOOM = 24
MAX_LATITUDE = math.degrees(math.atan(math.sinh(math.pi)))
"""Where Web Mercator ends, 85.0511 degrees; points beyond count as on that edge."""

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def quadkey(lat: ArrayLike, lon: ArrayLike, zoom: int = CELL_ZOOM) -> NDArray[np.int64]:
    """Return the tile of each point as an integer.

    Parameters
    ----------
    lat, lon
        WGS-84 degrees, of any one shape.
    zoom
        Level of the tiles, 0 to 30.

    Returns
    -------
    numpy.ndarray
        int64 of that shape; -1 where a coordinate is missing.
    """
    column, row, known = _columns_and_rows(lat, lon, _checked_zoom(zoom))
    return np.where(known, tile_key(column, row), np.int64(-1))


def tile_key(column: ArrayLike, row: ArrayLike) -> NDArray[np.int64]:
    """Interleave the bits of tile columns and rows; the row holds the higher bit of each pair."""
    return (_spread(np.asarray(row, np.int64)) << np.int64(1)) | _spread(np.asarray(column, np.int64))


def tile_of(key: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the columns and rows of tile keys, the inverse of :func:`tile_key`."""
    keys = np.asarray(key, np.int64)
    return _gather(keys), _gather(keys >> np.int64(1))


def cell_middles(key: ArrayLike, zoom: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitudes and longitudes of the middles of tiles.

    Parameters
    ----------
    key
        Tile keys, shape (n,).
    """
    column, row = tile_of(key)
    size = float(1 << _checked_zoom(zoom))
    lat: NDArray[Any] = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (row + 0.5) / size))))
    lon: NDArray[Any] = (column + 0.5) / size * 360 - 180
    return lat, lon


@dataclass(frozen=True)
class TileBounds:
    """The extent of a tile.

    Parameters
    ----------
    first_cell, last_cell
        The range of zoom-24 cells inside it, both ends included.
    """

    west: float
    south: float
    east: float
    north: float
    first_cell: int
    last_cell: int


def tile_bounds(zoom: int, column: int, row: int) -> TileBounds:
    """Return the extent of the tile ``zoom/column/row``.

    Parameters
    ----------
    column, row
        0 to 2**zoom - 1, counted from west and from north.

    Raises
    ------
    InputError
        There is no such tile.
    """
    size = 1 << _checked_zoom(zoom, CELL_ZOOM)
    if not (0 <= column < size and 0 <= row < size):
        raise InputError(
            _("There is no tile {zoom}/{column}/{row}.", zoom=zoom, column=column, row=row),
            _("At zoom {zoom} columns and rows go from 0 to {last}.", zoom=zoom, last=size - 1),
        )
    key = int(tile_key(column, row))
    shift = 2 * (CELL_ZOOM - zoom)
    return TileBounds(
        west=column / size * 360 - 180,
        south=_latitude((row + 1) / size),
        east=(column + 1) / size * 360 - 180,
        north=_latitude(row / size),
        first_cell=key << shift,
        last_cell=((key + 1) << shift) - 1,
    )


def _checked_zoom(zoom: int, highest: int = 30) -> int:
    if not 0 <= zoom <= highest:
        raise InputError(_("Expected a zoom from 0 to {highest}, got {zoom}.", highest=highest, zoom=zoom))
    return zoom


def _columns_and_rows(
    lat: ArrayLike, lon: ArrayLike, zoom: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    latitude, longitude = np.asarray(lat, np.float64), np.asarray(lon, np.float64)
    known = np.isfinite(latitude) & np.isfinite(longitude)
    sine = np.sin(np.radians(np.clip(np.where(known, latitude, 0.0), -MAX_LATITUDE, MAX_LATITUDE)))
    size = 1 << zoom
    x = (np.where(known, longitude, 0.0) + 180.0) / 360.0
    y = 0.5 - np.arctanh(sine) / (2.0 * np.pi)
    return _index(x, size), _index(y, size), known


def _index(fraction: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    return np.clip(np.floor(fraction * size), 0, size - 1).astype(np.int64)


def _latitude(fraction: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * fraction))))


def _spread(values: NDArray[np.int64]) -> NDArray[np.int64]:
    result: NDArray[Any] = values
    for shift, mask in _SPREAD:
        result = (result | (result << np.int64(shift))) & np.int64(mask)
    return result


def _gather(values: NDArray[np.int64]) -> NDArray[np.int64]:
    result: NDArray[Any] = values & np.int64(_SPREAD[-1][1])
    for (shift, _own), mask in zip(reversed(_SPREAD), _GATHER_MASKS, strict=True):
        result = (result | (result >> np.int64(shift))) & np.int64(mask)
    return result


_GATHER_MASKS = (
    0x3333333333333333,
    0x0F0F0F0F0F0F0F0F,
    0x00FF00FF00FF00FF,
    0x0000FFFF0000FFFF,
    0x00000000FFFFFFFF,
)
