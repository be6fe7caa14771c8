"""Every region gets a shape where anything at all is known of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import shapely

from core.reports.market import boundaries as module
from core.reports.market.boundaries import boundaries
from tests.core.store.market_world import World, fill

if TYPE_CHECKING:
    from core.store.database import Store

TREE = {"P": None, "C": "P", "EMPTY": "P", "A": "C", "B": "C", "S": "C"}


@pytest.fixture
def places(store: Store) -> Store:
    """Squares for the counties A and B, side by side; five shops in S; nothing of EMPTY."""
    fill(store, World(TREE, homes={f"s{number}": "S" for number in range(5)}))

    def write(cursor: Any) -> None:
        cursor.execute("DELETE FROM region_boundary")
        for name, west in (("A", 0), ("B", 1)):
            square = shapely.to_wkb(shapely.box(west, 0, west + 1, 1))
            cursor.execute("INSERT INTO region_boundary VALUES (?, ?, 'imported', NULL)", [name, square])
        for number, (lat, lon) in enumerate([(0, 3), (0, 4), (1, 3), (1, 4), (0.5, 3.5)]):
            cursor.execute(
                f"UPDATE terminal SET lat_wgs84 = {lat}, lon_wgs84 = {lon} WHERE terminal_id = 's{number}'"
            )

    store.write("places", write)
    return store


def test_a_county_without_a_boundary_gets_the_outline_of_its_shops(places: Store) -> None:
    """A and B keep their squares; S is outlined around its five shops."""
    table = boundaries(places, "county").set_index("region_id")
    assert table["origin"].to_dict() == {"A": "imported", "B": "imported", "S": "shops"}
    outline = shapely.from_wkb(table.loc["S", "geometry_wkb"])
    assert outline.contains(shapely.Point(3.5, 0.5))


def test_a_city_is_the_union_of_its_counties(places: Store) -> None:
    """City C is the two squares together; EMPTY, of which nothing is known, has no shape."""
    table = boundaries(places, "city")
    assert table["region_id"].tolist() == ["C"]
    assert table["origin"].tolist() == ["union"]
    assert shapely.from_wkb(table["geometry_wkb"][0]).equals(shapely.box(0, 0, 2, 1))


def test_shapes_follow_the_data(places: Store) -> None:
    """A boundary that is imported later replaces the one made before."""
    assert boundaries(places, "city")["origin"].tolist() == ["union"]
    square = shapely.to_wkb(shapely.box(0, 0, 5, 5))
    places.write(
        "import",
        lambda cursor: cursor.execute(
            "INSERT INTO region_boundary VALUES ('C', ?, 'imported', NULL)", [square]
        ),
    )
    assert boundaries(places, "city")["origin"].tolist() == ["imported"]


def test_an_outline_is_made_once(places: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outline of S is stored: another write, and the store opened anew, make none again."""
    first = boundaries(places, "county")
    monkeypatch.setattr(module, "hulls", lambda *_args: pytest.fail("made again"))
    places.write("prefer", lambda cursor: cursor.execute("SELECT 1"), details={"entity": "setting"})
    pd.testing.assert_frame_equal(boundaries(places, "county"), first)


def test_an_outline_follows_the_shops(places: Store) -> None:
    """A shop that moves moves the outline; a region that loses its shops loses it."""
    boundaries(places, "county")
    places.write(
        "move",
        lambda cursor: cursor.execute("UPDATE terminal SET lon_wgs84 = 6 WHERE terminal_id = 's3'"),
        details={"entity": "terminal"},
    )
    outline = shapely.from_wkb(boundaries(places, "county").set_index("region_id").loc["S", "geometry_wkb"])
    assert outline.intersects(shapely.Point(6, 1))
    places.write(
        "close", lambda cursor: cursor.execute("DELETE FROM terminal"), details={"entity": "terminal"}
    )
    assert boundaries(places, "county")["region_id"].tolist() == ["A", "B"]


def test_an_outline_is_no_boundary_of_the_regions_above(places: Store) -> None:
    """Whichever level is asked first, city C is the union of the recorded counties."""
    boundaries(places, "county")
    assert shapely.from_wkb(boundaries(places, "city")["geometry_wkb"][0]).equals(shapely.box(0, 0, 2, 1))
