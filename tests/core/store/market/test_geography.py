"""Where regions are and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.store.database import Store
from core.store.market import geography
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """The demonstration region: a province, 11 cities, 90 counties."""
    with Store.open(sample_copy(300)) as opened:
        yield opened


def test_every_region_of_a_level_has_one_place(store: Store) -> None:
    """90 counties with a boundary and a point, each once."""
    places = geography.places(store, "county")
    assert len(places) == places["region_id"].nunique() == 90
    assert places[["lat", "lon", "geometry_wkb"]].notna().all(axis=None)


def test_only_what_lies_within_is_returned(store: Store) -> None:
    """The counties of one city, and nothing for a scope elsewhere."""
    inside = geography.places(store, "county", "990100")
    assert 0 < len(inside) < 90
    assert inside["region_id"].str.startswith("9901").all()
    assert geography.places(store, "county", "990100", Scope(("990200",))).empty


def test_the_path_leads_from_the_top_to_the_region(store: Store) -> None:
    """Province, city, county."""
    assert geography.path(store, "990103")["level"].to_list() == ["province", "city", "county"]


def test_below_a_region_the_nearest_level_comes_first(store: Store) -> None:
    """The province has 11 cities, then 90 counties; a county has nothing below."""
    found = geography.below(store, "990000")
    assert found["level"].to_list() == ["city", "county"]
    assert found["regions"].to_list() == [11, 90]
    assert geography.below(store, "990103").empty


def test_a_region_without_a_point_stands_in_the_middle_of_its_terminals(store: Store) -> None:
    """Its terminals say where it is; without any, nothing does."""
    before = geography.places(store, "county").set_index("region_id")
    middle = store.fetch(
        "SELECT AVG(t.lat_wgs84) AS lat FROM terminal AS t WHERE t.region_id = '990103'"
    ).to_pylist()[0]["lat"]
    store.write(
        "test", lambda cursor: cursor.execute("UPDATE region SET lat = NULL WHERE region_id = '990103'")
    )
    after = geography.places(store, "county").set_index("region_id")
    assert after.loc["990103", "lat"] == pytest.approx(middle)
    assert before.drop("990103")["lat"].equals(after.drop("990103")["lat"])
