"""The three coordinate systems of China."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.geo.coordinates import SYSTEMS, convert, wgs84_to_gcj02

METRES_PER_DEGREE = 111_320.0
# Points of the mainland, well inside the box in which the shift is defined.
RANDOM = np.random.default_rng(7)
LAT, LON = RANDOM.uniform(19.0, 52.0, 100_000), RANDOM.uniform(75.0, 134.0, 100_000)


def distance_m(lat_a, lon_a, lat_b, lon_b):
    """Return distances in metres of points that are near each other."""
    north = (np.asarray(lat_a) - lat_b) * METRES_PER_DEGREE
    east = (np.asarray(lon_a) - lon_b) * METRES_PER_DEGREE * np.cos(np.radians(lat_a))
    return np.hypot(north, east)


@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("target", SYSTEMS)
def test_there_and_back_is_within_half_a_metre(source, target) -> None:
    """100,000 random points come back to less than half a metre, whatever the pair of systems."""
    back = convert(*convert(LAT, LON, source, target), target, source)
    assert distance_m(LAT, LON, *back).max() < 0.5


def test_known_points() -> None:
    """Shanghai, Shenzhen and Beijing as the published conversion shifts them [W:102]."""
    lat, lon = wgs84_to_gcj02([31.1774276, 22.543847, 39.911954], [121.5272106, 113.912316, 116.377817])
    np.testing.assert_allclose(lat, [31.17530398364597, 22.540796131694766, 39.91334545536069], atol=1e-6)
    np.testing.assert_allclose(lon, [121.531541859215, 113.9171764808363, 116.38404722455657], atol=1e-6)


def test_the_size_of_the_shifts() -> None:
    """GCJ-02 shifts by some hundred metres and never by a kilometre; BD-09 adds about 900 metres."""
    gcj = distance_m(LAT, LON, *convert(LAT, LON, "WGS-84", "GCJ-02"))
    assert 250 < gcj.mean() < 700
    assert gcj.max() < 1500
    baidu = distance_m(LAT, LON, *convert(LAT, LON, "GCJ-02", "BD-09"))
    assert 600 < baidu.mean() < 1100


@pytest.mark.parametrize(("lat", "lon"), [(41.6, -93.6), (51.5, -0.1), (-33.9, 151.2), (0.0, 0.0)])
@pytest.mark.parametrize("target", SYSTEMS)
def test_points_outside_china_stay(lat, lon, target) -> None:
    """Iowa, London and Sydney are where they are in every system."""
    there = convert([lat], [lon], "WGS-84", target)
    assert (there[0][0], there[1][0]) == (lat, lon)
    back = convert([lat], [lon], target, "WGS-84")
    assert (back[0][0], back[1][0]) == (lat, lon)


def test_missing_stays_missing() -> None:
    """An unlocated shop is not moved to a place."""
    lat, lon = convert([np.nan, 30.0], [114.0, np.nan], "BD-09", "WGS-84")
    assert np.isnan(lat[0])
    assert np.isnan(lon[1])


def test_an_unknown_system_is_named_with_the_nearest() -> None:
    """A misspelt system is refused and the right one offered."""
    with pytest.raises(InputError) as refused:
        convert([30.0], [114.0], "GCJ02", "WGS-84")
    assert "nearest: GCJ-02" in refused.value.hint
