"""The invented geography."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from core.sample.geography.province import CITIES, COUNTIES, Province, make_province
from core.sample.geography.settlements import settle
from core.sample.request import SampleRequest


@pytest.fixture(params=[20261, 1, 2, 3, 4], scope="module")
def province(request: pytest.FixtureRequest) -> Province:
    """Provinces of several seeds."""
    return make_province(SampleRequest(seed=request.param))


def test_counties_tile_without_gaps_or_overlaps(province: Province) -> None:
    """Neighbours share every vertex of their border, and the whole has no hole."""
    assert shapely.is_valid(province.polygons).all()
    assert shapely.coverage_is_valid(province.polygons)
    whole = shapely.coverage_union_all(province.polygons)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert whole.area == pytest.approx(shapely.area(province.polygons).sum())


def test_every_city_is_one_piece_with_its_urban_districts(province: Province) -> None:
    """Counties of a city touch; 11 cities and 90 counties, each with a name of its own."""
    assert len(province.polygons) == COUNTIES == 90
    for city in range(CITIES):
        members = province.city == city
        assert shapely.coverage_union_all(province.polygons[members]).geom_type == "Polygon"
        assert province.urban[members].any()
    assert len({name for name, _english in province.county_names}) == COUNTIES
    assert len({english for _name, english in province.county_names}) == COUNTIES
    assert len(set(province.county_ids)) == COUNTIES


def test_borders_are_no_straight_lines(province: Province) -> None:
    """The length of the borders is well above that of the hulls: they are irregular at a small scale."""
    rough = shapely.length(province.polygons) / shapely.length(shapely.simplify(province.polygons, 8.0))
    assert rough.min() > 1.03


def test_the_number_of_terminals_does_not_change_the_map() -> None:
    """Stores of different sizes show the same province."""
    small, large = make_province(SampleRequest(10)), make_province(SampleRequest(10_000_000))
    assert shapely.equals(small.polygons, large.polygons).all()
    np.testing.assert_array_equal(small.population, large.population)


def test_every_town_lies_inside_its_county() -> None:
    """A disc of the town's radius does not cross a border, so no shop is in the wrong county."""
    request = SampleRequest()
    province = make_province(request)
    towns = settle(request, province)
    discs = shapely.buffer(shapely.points(towns.centre), towns.radius * 0.99)
    assert shapely.covers(province.polygons[towns.county], discs).all()
