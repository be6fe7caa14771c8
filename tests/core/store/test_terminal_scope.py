"""Every layer of the terminal map under a scope: nothing of another region is answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
import shapely

from core.geo.cells import quadkey, tile_of
from core.reports.market.boundaries import boundaries
from core.store.caching.map_rollup import MapRollup, ensure_map_rollup
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from core.store.market import geography
from core.store.scope import Scope
from core.store.terminals.filter import EVERY_TERMINAL, TerminalFilter
from core.store.terminals.terminals import facets, summary, terminal_card, terminal_list
from core.store.terminals.tiles import Tile, tile_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

EACH = 6
ONE, OTHER = "甲", "乙"
PLACES = {ONE: (30.0, 114.0), OTHER: (30.01, 114.02)}
MAY_SEE = Scope((ONE,))
DAY = dt.date(2025, 2, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with two regions side by side; everything that belongs to one carries its name."""
    tables: dict[str, list[dict[str, object]]] = {
        "company": [{"company_id": "us", "name": "Us", "is_self": True}]
    }
    for name, (lat, lon) in PLACES.items():
        shape = shapely.to_wkb(shapely.box(lon - 0.005, lat - 0.005, lon + 0.005, lat + 0.005))
        rows: dict[str, list[dict[str, object]]] = {
            "region": [{"region_id": name, "name": name, "level": "city", "lat": lat, "lon": lon}],
            "region_closure": [{"ancestor_id": name, "region_id": name, "distance": 0}],
            "region_boundary": [{"region_id": name, "geometry_wkb": shape, "origin": "imported"}],
            "employee": [{"employee_id": name, "name": name}],
            "dealer": [{"dealer_id": name, "name": name, "region_id": name, "lat": lat, "lon": lon}],
            # Both dealers serve both regions.
            "dealer_region": [{"dealer_id": name, "region_id": served} for served in PLACES],
        }
        for i in range(EACH):
            shop = {"terminal_id": f"{name}{i}", "name": f"{name}{i}", "region_id": name, "dealer_id": name}
            at = (lat + i * 1e-5, lon + i * 1e-5)
            place = {"lat_wgs84": at[0], "lon_wgs84": at[1], "cell": int(quadkey(*at))}
            kinds = {"employee_id": name, "outlet_type": name, "grade": "A"}
            rows.setdefault("terminal", []).append({**shop, **place, **kinds})
            sale = {"month": DAY, "terminal_id": shop["terminal_id"], "company_id": "us", "amount": 1.0}
            rows.setdefault("terminal_sales", []).append(sale)
            visit = {"visit_id": shop["name"], "employee_id": name, "terminal_id": shop["terminal_id"]}
            rows.setdefault("visit", []).append({**visit, "start_at": dt.datetime(2025, 2, 3, 9)})
        for table, added in rows.items():
            tables.setdefault(table, []).extend(added)
    with Store.open(tmp_path_factory.mktemp("scope") / "market.duckdb") as opened:
        for table, filled in tables.items():

            def change(cursor, table=table, filled=filled) -> None:
                cursor.register("given", pa.Table.from_pylist(filled))
                cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")

            opened.write("test", change)
        yield opened


@pytest.fixture(scope="module")
def shown(store: Store) -> MapRollup:
    """February 2025."""
    return ensure_map_rollup(store, SalesWindow("us", DAY, DAY))


LAYERS = {
    "list": lambda store, shown, scope: terminal_list(store, shown, EVERY_TERMINAL, scope=scope),
    "filter values": lambda store, _shown, scope: facets(store, None, scope),
    "dealers": lambda store, _shown, scope: geography.dealers(store, None, scope),
    "territories": lambda store, _shown, scope: geography.rep_points(store, None, scope),
    "places": lambda store, _shown, scope: geography.places(store, "city", None, scope),
    "borders": lambda store, _shown, scope: boundaries(store, "city", None, scope),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_holds_nothing_of_another_region(store: Store, shown: MapRollup, layer: str) -> None:
    """Without a scope a layer names both regions; with one it names that region only."""
    whole = LAYERS[layer](store, shown, Scope()).to_csv()
    seen = LAYERS[layer](store, shown, MAY_SEE).to_csv()
    assert ONE in whole
    assert OTHER in whole
    assert ONE in seen
    assert OTHER not in seen


def test_a_dealer_shows_no_place_it_serves_elsewhere(store: Store) -> None:
    """The lines of a dealer that serves both regions end where the user may look."""
    seen = geography.dealers(store, None, MAY_SEE)["region_lat"].dropna().unique().tolist()
    assert seen == [PLACES[ONE][0]]


def test_only_reps_in_sight_are_counted(store: Store) -> None:
    """The number of reps that decides whether territories are drawn is that of the scope."""
    assert (geography.rep_count(store), geography.rep_count(store, None, MAY_SEE)) == (2, 1)


@pytest.mark.parametrize("zoom", [0, 4, 6, 9, 13, 15, 18])
@pytest.mark.parametrize("as_cells", [False, True])
@pytest.mark.parametrize(
    "filters",
    [
        EVERY_TERMINAL,
        TerminalFilter(regions=(OTHER,)),
        TerminalFilter(grades=("A",)),
        TerminalFilter(dealers=(ONE, OTHER)),
    ],
)
def test_a_tile_counts_one_region(store, shown, zoom: int, as_cells: bool, filters: TerminalFilter) -> None:
    """A tile of any zoom and source holds the six terminals of the region, or none if another is asked."""
    column, row = tile_of(quadkey(*PLACES[ONE], zoom))
    tile = Tile(zoom, int(column), int(row), filters, MAY_SEE, as_cells=as_cells)
    columns = tile_rows(store, shown, tile).columns()
    assert sum(columns["terminals"]) == (0 if filters.regions else EACH)
    assert OTHER not in repr(columns)


def test_sums_count_one_region(store: Store, shown: MapRollup) -> None:
    """The sums beside the map are those of the region."""
    assert summary(store, shown, EVERY_TERMINAL, MAY_SEE)["terminals"] == EACH
    assert summary(store, shown, TerminalFilter(regions=(OTHER,)), MAY_SEE)["terminals"] is None


def test_there_is_no_card_of_another_region(store: Store) -> None:
    """The card of a terminal elsewhere does not exist for the user."""
    card = terminal_card(store, f"{ONE}0", DAY, MAY_SEE)
    assert card is not None
    assert (len(card.sales), len(card.visits)) == (1, 1)
    assert terminal_card(store, f"{OTHER}0", DAY, MAY_SEE) is None
