"""Coordinates of the three systems in use in China.

GPS gives WGS-84. Amap, Tencent and every licensed map of mainland China shift it by some hundred
metres (GCJ-02); Baidu twists it once more (BD-09). All functions work on arrays of decimal degrees;
missing coordinates (NaN) stay missing. The shift is undefined outside China, where the systems are
taken to be the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError, nearest
from core.i18n import _

FloatArray = NDArray[np.float64]

SYSTEMS = ("WGS-84", "GCJ-02", "BD-09")

# The ellipsoid of Krassowsky 1940, on which the shift is defined [W:102].
_SEMI_MAJOR_AXIS_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU_PI = np.pi * 3000 / 180
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
# The shift changes by less than 1 % over its own length, so each step of the inverse gains two digits.
_INVERSE_STEPS = 8


def convert(lat: ArrayLike, lon: ArrayLike, source: str, target: str) -> tuple[FloatArray, FloatArray]:
    """Convert points from one system to another.

    Parameters
    ----------
    lat, lon
        Degrees, same shape; NaN where missing.
    source, target
        Names in :data:`SYSTEMS`.

    Returns
    -------
    tuple of arrays
        Latitudes and longitudes in the target system. The inverse directions are exact to less than
        0.5 m [W:102].

    Raises
    ------
    InputError
        A system is unknown.
    """
    for system in (source, target):
        if system not in SYSTEMS:
            raise InputError(
                _("The coordinate system “{system}” is unknown.", system=system),
                _(
                    "Known are {systems}; nearest: {nearest}.",
                    systems=", ".join(SYSTEMS),
                    nearest=nearest(system, SYSTEMS) or "–",
                ),
            )
    lat_array, lon_array = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    if source == target:
        return lat_array.copy(), lon_array.copy()
    lat_array, lon_array = _TO_WGS84[source](lat_array, lon_array)
    return _FROM_WGS84[target](lat_array, lon_array)


def wgs84_to_gcj02(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Shift points from WGS-84 to GCJ-02; points outside China stay."""
    lat_array, lon_array = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    shift_lat, shift_lon = _shift(lat_array, lon_array)
    inside = _in_china(lat_array, lon_array)
    return (
        np.where(inside, lat_array + shift_lat, lat_array),
        np.where(inside, lon_array + shift_lon, lon_array),
    )


def gcj02_to_wgs84(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Undo the shift of GCJ-02 by fixed-point iteration."""
    lat_array, lon_array = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    guess_lat, guess_lon = lat_array.copy(), lon_array.copy()
    for _step in range(_INVERSE_STEPS):
        there_lat, there_lon = wgs84_to_gcj02(guess_lat, guess_lon)
        guess_lat, guess_lon = guess_lat + lat_array - there_lat, guess_lon + lon_array - there_lon
    return guess_lat, guess_lon


def gcj02_to_bd09(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Twist points from GCJ-02 to BD-09; points outside China stay."""
    lat_array, lon_array = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    radius = np.hypot(lon_array, lat_array) + 0.00002 * np.sin(lat_array * _BAIDU_PI)
    angle = np.arctan2(lat_array, lon_array) + 0.000003 * np.cos(lon_array * _BAIDU_PI)
    inside = _in_china(lat_array, lon_array)
    return (
        np.where(inside, radius * np.sin(angle) + 0.006, lat_array),
        np.where(inside, radius * np.cos(angle) + 0.0065, lon_array),
    )


def bd09_to_gcj02(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Undo the twist of BD-09 by fixed-point iteration."""
    lat_array, lon_array = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    guess_lat, guess_lon = lat_array.copy(), lon_array.copy()
    for _step in range(_INVERSE_STEPS):
        there_lat, there_lon = gcj02_to_bd09(guess_lat, guess_lon)
        guess_lat, guess_lon = guess_lat + lat_array - there_lat, guess_lon + lon_array - there_lon
    return guess_lat, guess_lon


def wgs84_to_bd09(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Convert WGS-84 to BD-09."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lat, lon))


def bd09_to_wgs84(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Convert BD-09 to WGS-84."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lat, lon))


def _in_china(lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return inside


def _shift(lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the shift of GCJ-02 in degrees, the published series [W:102]."""
    x, y = lon - 105.0, lat - 35.0
    common = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    root = np.sqrt(np.abs(x))
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north_m = north_m + common * 2.0 / 3.0
    north_m = north_m + (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north_m = north_m + (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east_m = east_m + common * 2.0 / 3.0
    east_m = east_m + (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east_m = east_m + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = np.radians(lat)
    magic = 1 - _ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = _SEMI_MAJOR_AXIS_M * (1 - _ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))
    parallel = _SEMI_MAJOR_AXIS_M / np.sqrt(magic) * np.cos(radians)
    return np.degrees(north_m / meridian), np.degrees(east_m / parallel)


def _same(lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
    return lat, lon


_TO_WGS84 = {"WGS-84": _same, "GCJ-02": gcj02_to_wgs84, "BD-09": bd09_to_wgs84}
_FROM_WGS84 = {"WGS-84": _same, "GCJ-02": wgs84_to_gcj02, "BD-09": wgs84_to_bd09}
