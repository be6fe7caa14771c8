"""No read of the market, the overview or the map returns anything of a region outside the scope."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from core.periods import Period
from core.reports.market.boundaries import boundaries
from core.store.market import market, overview
from core.store.scope import Scope
from tests.core.store.market_world import NOW, World, fill, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from core.store.database import Store

TREE = {"P": None, "MINE": "P", "THEIRS": "P", "MY-COUNTY": "MINE", "THEIR-COUNTY": "THEIRS"}
SCOPE = Scope(("MINE",))
MONTH = Period(NOW, NOW)
ALL = list(TREE)
DAY = dt.date(2026, 1, 15)

READS: dict[str, Callable[[Store], Any]] = {
    "regions": lambda s: market.regions(s, level="county", scope=SCOPE),
    "regions of a city": lambda s: market.regions(s, level="county", within="THEIRS", scope=SCOPE),
    "figures": lambda s: market.figures(s, MONTH, market_key="all", region_ids=ALL, scope=SCOPE),
    "months": lambda s: market.months(s, MONTH, market_key="all", region_ids=ALL, scope=SCOPE),
    "trend": lambda s: market.trend(
        s, MONTH, market_key="all", region_ids=["THEIRS"], unplaced=True, scope=SCOPE
    ),
    "contents": lambda s: market.contents(s, scope=SCOPE),
    "region_names": lambda s: market.region_names(s, scope=SCOPE),
    "boundaries": lambda s: market.boundaries(s, level="county", scope=SCOPE),
    "points": lambda s: market.points(s, ALL, scope=SCOPE),
    "shapes": lambda s: boundaries(s, "county", scope=SCOPE),
    "blocks": lambda s: overview.blocks(s, ALL, scope=SCOPE),
    "customers": lambda s: overview.customers(s, ALL, DAY, DAY, scope=SCOPE),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One company sells here, another there, a third in a shop without a region."""
    world = World(
        TREE,
        homes={"s": "MY-COUNTY", "t": "THEIR-COUNTY", "lost": None},
        shops={("s", "US", NOW): 1, ("t", "R1", NOW): 2, ("lost", "OTHER", NOW): 3},
        capacities={("THEIR-COUNTY", NOW): 50},
    )
    with open_store(tmp_path_factory.mktemp("scope")) as opened:
        fill(opened, world)

        def more(cursor: Any) -> None:
            cursor.execute("UPDATE terminal SET lat_wgs84 = 30, lon_wgs84 = 110")
            cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('E', 'E')")
            cursor.execute(
                "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) "
                f"VALUES ('V', 'E', 't', TIMESTAMP '{DAY} 09:00:00')"
            )

        opened.write("more", more)
        yield opened


@pytest.mark.parametrize("name", list(READS))
def test_a_read_returns_nothing_of_other_regions(store: Store, name: str) -> None:
    """No row names a region outside the city, or a company that sells only there or in a lost shop."""
    rows: pd.DataFrame = READS[name](store)
    seen = set(rows["region_id"]) if "region_id" in rows else set()
    assert seen <= {"MINE", "MY-COUNTY"}
    companies = set(rows["company_id"].dropna()) if "company_id" in rows else set()
    assert companies <= {"US"}


def test_a_scope_sees_no_visit_of_others(store: Store) -> None:
    """The only visit is theirs: in our scope no visit is recorded."""
    later = DAY + dt.timedelta(days=1)
    assert overview.last_visit(store, later) == DAY
    assert overview.last_visit(store, later, scope=SCOPE) is None


def test_levels_count_what_may_be_seen(store: Store) -> None:
    """The scope has one city and one county."""
    counts = market.levels(store, scope=SCOPE).set_index("level")["regions"]
    assert counts.to_dict() == {"city": 1, "county": 1}


def test_nested_scopes_count_once(store: Store) -> None:
    """A scope that names a city and its county has the city as its only top."""
    rows = market.regions(store, level="county", scope=Scope(("MINE", "MY-COUNTY")))
    assert list(rows.loc[rows["is_top"], "region_id"]) == ["MINE"]
