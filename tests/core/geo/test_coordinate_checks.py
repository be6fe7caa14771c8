"""Coordinates that cannot be right, and what is offered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.geo.coordinate_checks import CheckOptions, check_coordinates
from core.geo.coordinates import convert

# A county of 0.2 by 0.2 degrees near Wuhan, and one whose swapped coordinates are possible latitudes.
COUNTY = {"A": shapely.to_wkb(shapely.box(114.0, 30.0, 114.2, 30.2))}
WEST = {"A": shapely.to_wkb(shapely.box(80.0, 40.0, 80.2, 40.2))}


def shops(lat: object, lon: object, crs: str = "WGS-84", outline: str | None = "A") -> pd.DataFrame:
    """Return shops of region A."""
    count = len(np.atleast_1d(lat))
    return pd.DataFrame(
        {
            "terminal_id": [f"T{i}" for i in range(count)],
            "region_id": "A",
            "outline": outline,
            "lat": np.atleast_1d(lat).astype(float),
            "lon": np.atleast_1d(lon).astype(float),
            "crs": crs,
        }
    )


def only(table: pd.DataFrame) -> pd.Series:
    """Return the only finding."""
    assert len(table) == 1
    return table.iloc[0]


def test_shops_inside_are_right() -> None:
    """Nothing is found where every shop lies in its region."""
    assert check_coordinates(shops([30.1, 30.05], [114.1, 114.15]), COUNTY).empty


def test_swapped_coordinates_are_swapped_back() -> None:
    """80.1 north, 40.1 east is 40.1 north, 80.1 east when that lies in the region."""
    found = only(check_coordinates(shops(80.1, 40.1), WEST))
    assert (found["finding"], found["lat_fixed"], found["lon_fixed"]) == ("swapped", 40.1, 80.1)
    assert (found["confidence"], found["crs_fixed"], found["fixable"]) == ("high", "WGS-84", True)


@pytest.mark.parametrize(("lat", "lon"), [(-30.1, 114.1), (30.1, -114.1), (-30.1, -114.1)])
def test_a_lost_sign_is_found(lat: float, lon: float) -> None:
    """The southern or western twin of a point in the region gets its sign back."""
    found = only(check_coordinates(shops(lat, lon), COUNTY))
    assert (found["finding"], found["lat_fixed"], found["lon_fixed"]) == ("sign", 30.1, 114.1)


def test_zero_is_nothing() -> None:
    """Zero, zero is no place: the fix removes the coordinates, also where the region has no boundary."""
    for outline in ("A", None):
        found = only(check_coordinates(shops(0, 0, outline=outline), COUNTY))
        assert (found["finding"], found["fixable"]) == ("zero", True)
        assert np.isnan([found["lat_fixed"], found["lon_fixed"]]).all()


def test_outside_counts_from_the_tolerance_on() -> None:
    """0.01 degrees of latitude are 1.11 km: outside at 1 km, not at 1.2 km."""
    shop = shops(30.21, 114.1)
    found = only(check_coordinates(shop, COUNTY, CheckOptions(tolerance_km=1.0)))
    assert (found["finding"], found["fixable"], found["confidence"]) == ("outside", False, "none")
    assert found["km_outside"] == pytest.approx(1.112, abs=0.001)
    assert check_coordinates(shop, COUNTY, CheckOptions(tolerance_km=1.2)).empty


def test_east_west_distances_shrink_with_the_latitude() -> None:
    """0.02 degrees of longitude at 30.1 degrees north are 1.92 km, not 2.22."""
    found = only(check_coordinates(shops(30.1, 114.22), COUNTY))
    assert found["km_outside"] == pytest.approx(0.02 * 111.195 * np.cos(np.radians(30.1)), rel=0.002)


def test_many_shops_at_one_point_are_a_guess() -> None:
    """Five shops at one point are found, four aren't; nothing is offered."""
    found = check_coordinates(shops([30.1] * 5, [114.1] * 5), COUNTY)
    assert set(found["finding"]) == {"crowd"}
    assert set(found["together"]) == {5}
    assert not found["fixable"].any()
    assert check_coordinates(shops([30.1] * 4, [114.1] * 4), COUNTY).empty


def test_shops_without_coordinates_are_passed_over() -> None:
    """A missing coordinate is missing, not wrong."""
    assert check_coordinates(shops([np.nan, 30.1], [114.1, np.nan]), COUNTY).empty


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    true=st.sampled_from(["WGS-84", "GCJ-02", "BD-09"]),
    named=st.sampled_from(["WGS-84", "GCJ-02", "BD-09"]),
)
def test_the_right_system_is_offered(seed: int, true: str, named: str) -> None:
    """2,000 shops all over a county, surveyed in one system and named as another, get the right one."""
    rng = np.random.default_rng(seed)
    lat, lon = rng.uniform(30.0, 30.2, 2_000), rng.uniform(114.0, 114.2, 2_000)
    found = check_coordinates(shops(*convert(lat, lon, "WGS-84", true), crs=named), COUNTY)
    wrong = found[found["finding"] == "system"]
    if true == named:
        assert found.empty
    else:
        assert len(wrong) == 2_000
        assert set(wrong["crs_fixed"]) == {true}
        assert (wrong[["lat", "lon"]].to_numpy() == wrong[["lat_fixed", "lon_fixed"]].to_numpy()).all()


def test_a_few_stray_shops_do_not_change_the_system() -> None:
    """Three shops just over the border are no evidence of another system."""
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(30.05, 30.15, 500), rng.uniform(114.05, 114.15, 500)
    lat[:3], lon[:3] = 30.1, 114.203
    assert check_coordinates(shops(lat, lon), COUNTY).empty


@pytest.mark.parametrize(
    "values", [{"tolerance_km": -1}, {"tolerance_km": np.nan}, {"crowd": 1}, {"significance": 0}]
)
def test_bad_options_are_refused(values: dict[str, float]) -> None:
    """Negative tolerances, crowds of one and impossible probabilities are named."""
    with pytest.raises(InputError):
        CheckOptions(**values)
