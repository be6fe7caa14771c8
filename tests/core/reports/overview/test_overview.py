"""The overview: its numbers, changes, actions and completeness, on a market small enough to check by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.reports.market.market import MarketRequest
from core.reports.overview.overview import Overview, overview
from core.store.scope import Scope
from tests.core.store.market_world import BEFORE, NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

TREE = {"P": None, "C": "P", "A": "C", "B": "C", "D": "C"}
REQUEST = MarketRequest("US", NOW, NOW, "county")


def world() -> World:
    """A: 170 to 100, was 100 to 170. B: 90 to 100, was 90 to 100. D: a new rival with 50 beside our 60."""
    shops = {
        ("a", "US", NOW): 170,
        ("a", "R1", NOW): 100,
        ("a", "US", BEFORE): 100,
        ("a", "R1", BEFORE): 170,
        ("b", "US", NOW): 90,
        ("b", "R1", NOW): 100,
        ("b", "US", BEFORE): 90,
        ("b", "R1", BEFORE): 100,
        ("d", "US", NOW): 60,
        ("d", "R1", NOW): 50,
        ("d", "US", BEFORE): 60,
    }
    return World(TREE, homes={"a": "A", "b": "B", "d": "D"}, shops=shops)


def visits(store: Store, **days: dt.date) -> None:
    """Record one visit a shop, each on its day."""

    def write(cursor: Any) -> None:
        cursor.execute("DELETE FROM visit")
        for shop, day in days.items():
            cursor.execute(
                "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) "
                f"VALUES ('{shop}', 'E', '{shop}', TIMESTAMP '{day} 09:00:00')"
            )

    store.write("visits", write)


def number(found: Overview, key: str) -> tuple[float | None, float | None, int | None]:
    """Return value, previous value and what it is counted among."""
    one = next(one for one in found.numbers if one.key == key)
    return one.value, one.previous, one.out_of


def test_the_five_numbers(store: Store) -> None:
    """Share 320 of 570, was 250 of 520; A is secured, B and D are in range; each with its year before."""
    fill(store, world())
    visits(store)
    found = overview(store, REQUEST)
    assert [one.key for one in found.numbers] == [
        "total_share",
        "secured_regions",
        "in_range_regions",
        "total_gap",
        "unvisited_customers",
    ]
    share, previous, _of = number(found, "total_share")
    assert share == pytest.approx(320 / 570)
    assert previous == pytest.approx(250 / 520)
    assert number(found, "secured_regions") == (1, 0, 3)
    # A year earlier D had no rival on record: nothing is known of it, so it counts in neither.
    assert number(found, "in_range_regions")[0] == 2
    gaps = found.report.regions.set_index("region_id")["gap"]
    assert number(found, "total_gap")[0] == pytest.approx(gaps["B"] + gaps["D"])


def test_without_visits_nobody_is_called_unvisited(store: Store) -> None:
    """No visit is recorded, so the number is unknown, not three."""
    fill(store, world())
    visits(store)
    found = overview(store, REQUEST)
    assert number(found, "unvisited_customers") == (None, None, None)
    assert found.customers is None
    assert found.cycle is None


def test_unvisited_customers_of_the_last_cycle(store: Store) -> None:
    """The last visit is on 31 January; b's, on 3 January, is just outside its 28 days, and d has none."""
    fill(store, world())
    visits(store, a=dt.date(2026, 1, 31), b=dt.date(2026, 1, 3))
    found = overview(store, REQUEST)
    assert found.cycle == (dt.date(2026, 1, 4), dt.date(2026, 1, 31))
    assert number(found, "unvisited_customers") == (2, 2, 3)
    assert found.customers is not None
    assert found.customers.dropna().set_index("region_id")["unvisited"].to_dict() == {"A": 0, "B": 1, "D": 1}


def test_a_month_under_way_ends_its_cycle_with_the_last_visit(store: Store) -> None:
    """With visits up to 20 January only, the cycle runs to that day; a visit of last year gives none."""
    fill(store, world())
    visits(store, a=dt.date(2026, 1, 20))
    assert overview(store, REQUEST).cycle == (dt.date(2025, 12, 24), dt.date(2026, 1, 20))
    visits(store, a=dt.date(2025, 12, 20))
    assert overview(store, REQUEST).cycle is None


def test_changes_name_what_moved(store: Store) -> None:
    """A: we took the lead and secured it; D: a rival is new. B stayed as it was."""
    fill(store, world())
    found = overview(store, REQUEST)
    by_code = {(change.code, change.region_id): change for change in found.changes}
    assert by_code["leader", "A"].direction == 1
    assert "US took the lead from R1" in by_code["leader", "A"].sentence
    assert by_code["state", "A"].direction == 1
    assert by_code["new_rival", "D"].direction == -1
    assert not any(code in {"leader", "state", "new_rival"} for code, region in by_code if region == "B")


def test_a_tie_has_no_leader(store: Store) -> None:
    """B caught up with the rival at 100 each: its state changed to tied, and nobody took the lead."""
    given = world()
    given.shops["b", "US", NOW] = 100
    fill(store, given)
    in_b = {change.code for change in overview(store, REQUEST).changes if change.region_id == "B"}
    assert "state" in in_b
    assert "leader" not in in_b


def test_without_a_year_before_nothing_is_said_to_change(store: Store) -> None:
    """The first year on record has no changes: not every company is a new rival."""
    given = world()
    given.shops = {key: amount for key, amount in given.shops.items() if key[2] == NOW}
    fill(store, given)
    assert overview(store, REQUEST).changes == ()


def test_the_next_actions_are_three_kinds_with_a_link(store: Store) -> None:
    """First the region nearest to No.1, then visits, then data; each opens a page with its region."""
    fill(store, world())
    visits(store, a=dt.date(2026, 1, 31))
    found = overview(store, REQUEST)
    assert [action.code for action in found.actions] == ["win", "visit", "capacity_data"]
    first = found.actions[0]
    assert first.hangs_on.startswith("Rank 1 hangs on state and zone first")
    assert first.page == "number-one"
    assert first.query == {"region": first.region_id}
    regions = found.report.regions.set_index("region_id")
    reach = regions[regions["gap"] > 0]
    best = reach["attack_order"].min()
    assert reach.loc[first.region_id, "attack_order"] == best


def test_a_falling_fortress_is_defended(store: Store) -> None:
    """D held 60 to 20 and now holds 60 to 30: still secured, but falling."""
    given = world()
    given.shops["d", "R1", NOW] = 30
    given.shops["d", "R1", BEFORE] = 20
    fill(store, given)
    action = next(action for action in overview(store, REQUEST).actions if action.code == "defend")
    assert action.region_id == "D"
    assert "3.00 to 2.00" in action.sentence
    assert "once we sell" in action.hangs_on


def test_completeness_of_the_five_blocks(store: Store) -> None:
    """A has a recorded capacity of 540, half of it identified; population and area; one located shop."""
    given = world()
    given.capacities["A", NOW] = 540
    fill(store, given)

    def more(cursor: Any) -> None:
        cursor.execute("UPDATE region SET population = 1000, area_km2 = 50 WHERE region_id = 'A'")
        cursor.execute("UPDATE terminal SET lat_wgs84 = 30, lon_wgs84 = 110 WHERE terminal_id = 'a'")
        cursor.execute("DELETE FROM dealer")
        cursor.execute("INSERT INTO dealer (dealer_id, name, region_id) VALUES ('Z', 'Z', 'C')")

    store.write("more", more)
    rows = overview(store, REQUEST).completeness.set_index("region_id")
    assert rows.loc[
        "A", ["capacity", "consumers", "rivals", "dealers", "terminals"]
    ].tolist() == pytest.approx([1, 0.5, 0.5, 0.5, 1 / 3])
    assert rows.loc["A", "overall"] == pytest.approx((1 + 0.5 + 0.5 + 0.5 + 1 / 3) / 5)
    assert rows.loc["B", "capacity"] == 0
    assert rows.loc["B", "rivals"] == 1


def test_a_scope_has_its_own_numbers(store: Store) -> None:
    """Who may see county A alone reads its share, its one secured region and its one shop."""
    fill(store, world())
    visits(store, a=dt.date(2026, 1, 31))
    found = overview(store, replace(REQUEST, scope=Scope(("A",))))
    assert number(found, "total_share")[0] == pytest.approx(170 / 270)
    assert number(found, "secured_regions") == (1, 0, 1)
    assert number(found, "unvisited_customers") == (0, None, 1)
    assert {change.region_id for change in found.changes} == {"A"}
