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


# Latitude and longitude in WGS-84, GCJ-02 and BD-09, as a map service answered for these cities:
# github.com/hujiulong/gcoord, test/fixtures/china-cities.json.
CITIES = {
    "锡林浩特": ((43.9312805, 116.0414035), (43.9334573, 116.0482308), (43.9397782, 116.0546232)),
    "沈阳": ((41.8032629, 123.4253306), (41.8057023, 123.4314787), (41.8114013, 123.4380950)),
    "酒泉": ((39.7319946, 98.4937175), (39.7328234, 98.4943595), (39.7388949, 98.5008441)),
    "郑州": ((34.7478004, 113.6192856), (34.7466173, 113.6253334), (34.7528605, 113.6317519)),
    "驻马店": ((33.0133556, 114.0164322), (33.0115324, 114.0223060), (33.0176697, 114.0287781)),
    "那曲": ((31.4784436, 92.0499619), (31.4762063, 92.0512438), (31.4824421, 92.0576832)),
    "邵阳": ((27.2421240, 111.4622119), (27.2388981, 111.4677938), (27.2451662, 111.4742271)),
    "泉州": ((24.8770487, 118.6711365), (24.8741363, 118.6756787), (24.8804872, 118.6821251)),
    "汕头": ((23.3567569, 116.6775114), (23.3540964, 116.6819735), (23.3598884, 116.6885014)),
    "钦州": ((21.9828281, 108.6503952), (21.9799392, 108.6541485), (21.9856319, 108.6607283)),
}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("target", SYSTEMS)
def test_known_cities(city, source, target) -> None:
    """Ten cities are where a map service puts them: to the metre, to the centimetre without WGS-84.

    The published series leaves the services' GCJ-02 by 0.65 to 0.69 m everywhere.
    """
    points = dict(zip(SYSTEMS, CITIES[city], strict=True))
    lat, lon = convert(*([value] for value in points[source]), source, target)
    off = distance_m(*points[target], lat[0], lon[0])
    assert off < (1.0 if "WGS-84" in {source, target} else 0.01)


# Tiananmen and its surroundings as other implementations of the published series convert them: latitude,
# longitude, system, system, latitude, longitude.
# Lines 1 and 3 are from github.com/wandergis/coordtransform, test/app.js; lines 2 and 4 from the published
# tests of the R function transform_coord.
TIANANMEN = [
    (39.915, 116.404, "WGS-84", "GCJ-02", 39.91640428150164, 116.41024449916938),
    (39.90734, 116.39089, "WGS-84", "GCJ-02", 39.90874107, 116.39713094),
    (39.915, 116.404, "GCJ-02", "BD-09", 39.92133699351021, 116.41036949371029),
    (39.908746, 116.397131, "GCJ-02", "BD-09", 39.91508839, 116.40350426),
]


@pytest.mark.parametrize(("lat", "lon", "source", "target", "there_lat", "there_lon"), TIANANMEN)
def test_tiananmen(lat, lon, source, target, there_lat, there_lon) -> None:
    """The pairs that other implementations of the published series print for Beijing's middle, both ways."""
    forth, back = (
        convert([lat], [lon], source, target),
        convert([there_lat], [there_lon], target, source),
    )
    np.testing.assert_allclose((forth[0][0], forth[1][0]), (there_lat, there_lon), atol=1e-8)
    np.testing.assert_allclose((back[0][0], back[1][0]), (lat, lon), atol=2e-8)


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
