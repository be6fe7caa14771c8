"""Metres of Web Mercator, in which web maps are drawn, as degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

RADIUS_M = 6_378_137.0
EDGE_M = np.pi * RADIUS_M
"""Half of the world's circumference: where the map ends."""


def is_mercator(x: ArrayLike, y: ArrayLike) -> bool:
    """Tell whether points can be metres of Web Mercator and can't be degrees."""
    across, along = np.abs(np.asarray(x, np.float64)), np.abs(np.asarray(y, np.float64))
    if not across.size or np.isnan(across).all():
        return False
    is_large = bool(np.nanmax(across) > 360 or np.nanmax(along) > 360)
    return is_large and bool(np.nanmax(across) <= EDGE_M * 1.01 and np.nanmax(along) <= EDGE_M * 1.01)


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitudes and longitudes of points in metres.

    >>> lat, lon = to_degrees([12_691_000.0], [3_577_000.0])
    >>> round(float(lat[0]), 2), round(float(lon[0]), 2)
    (30.57, 114.01)
    """
    lon = np.degrees(np.asarray(x, np.float64) / RADIUS_M)
    lat = np.degrees(np.arctan(np.sinh(np.asarray(y, np.float64) / RADIUS_M)))
    return lat, lon
