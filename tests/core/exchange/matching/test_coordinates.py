"""The coordinate system of a file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from core.exchange.flow.rows.shaping import landed_words
from core.exchange.matching.coordinates import detect_system
from core.geo.coordinates import SYSTEMS, convert

OUTLINES = {"R": shapely.to_wkb(shapely.box(114.28, 30.58, 114.32, 30.62))}
_RNG = np.random.default_rng(6)
LAT, LON = 30.6 + _RNG.uniform(-0.02, 0.02, 400), 114.3 + _RNG.uniform(-0.02, 0.02, 400)


def points(lat: np.ndarray, lon: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"lat": lat, "lon": lon, "region_id": "R"})


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_system_that_lands_the_points_is_proposed(system: str, swapped: bool) -> None:
    """Points converted into a system, latitude and longitude exchanged or not, are recognised."""
    lat, lon = convert(LAT, LON, "WGS-84", system)
    found = detect_system(points(lon, lat) if swapped else points(lat, lon), OUTLINES)
    assert (found.proposed, found.swapped) == (system, swapped)
    assert landed_words(found)


def test_without_evidence_nothing_is_proposed() -> None:
    """Points in the middle land in every system; five points prove nothing; far points are in none."""
    middle = points(np.full(50, 30.6), np.full(50, 114.3))
    assert detect_system(middle, OUTLINES).proposed is None
    assert detect_system(points(LAT[:5], LON[:5]), OUTLINES).proposed is None
    assert detect_system(points(LAT + 3, LON), OUTLINES).proposed is None
    assert detect_system(points(LAT, LON).assign(region_id="X"), OUTLINES).proposed is None
