"""Degrees as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geo.degrees import has_signs, parse_degrees, parse_pair
from core.geo.mercator import is_mercator, to_degrees


@pytest.mark.parametrize("text", ["114°75′", "1143057", "", "湖北路12号", "200", "30°20′61″", "114.3.2"])
def test_what_is_no_angle(text) -> None:
    """Sixty minutes or more, more than 180 degrees and other texts are no angle."""
    assert parse_degrees(text) is None
    assert not has_signs(text)


@pytest.mark.parametrize("text", ["114.3", "湖北路12号", "1,2,3", "114.3,", "200,30"])
def test_what_is_no_pair(text) -> None:
    """One number, three of them and addresses are no pair of coordinates."""
    assert parse_pair(text) is None


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59), st.sampled_from("EW"))
def test_minutes_and_seconds_are_sixtieths(degrees, minutes, seconds, side) -> None:
    """Degrees, minutes and seconds add up, west of Greenwich below zero."""
    value = parse_degrees(f"{degrees}°{minutes}′{seconds}″{side}")
    exact = degrees + minutes / 60 + seconds / 3600
    assert value == pytest.approx(exact if side == "E" else -exact)


@given(st.floats(-60, 60), st.floats(91, 179))
def test_a_number_above_ninety_is_the_longitude(lat, lon) -> None:
    """Whichever comes first, the number above 90 is the longitude."""
    first, second = f"{lat:.6f}", f"{lon:.6f}"
    assert parse_pair(f"{first},{second}") == parse_pair(f"{second},{first}") == (float(second), float(first))


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_metres_of_web_mercator_come_back(lon, lat) -> None:
    """Degrees turned into metres by the formula of the projection come back."""
    import numpy as np

    x = np.radians(lon) * 6_378_137
    y = np.arcsinh(np.tan(np.radians(lat))) * 6_378_137
    back = to_degrees([x], [y])
    assert (float(back[0][0]), float(back[1][0])) == pytest.approx((lat, lon), abs=1e-9)
    assert is_mercator([x], [y]) == (max(abs(x), abs(y)) > 360)
