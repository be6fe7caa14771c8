"""Which figure counts: the query against plain recursion, and trees small enough to add up by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.periods import Period
from core.store.caching import region_rollup as derived
from core.store.market import market
from core.store.scope import EVERYTHING, Scope
from tests.core.store.market_world import BEFORE, NOW, World, depth, fill, open_store, total

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

MONTH = Period(NOW, NOW)
TREE = {"P": None, "C1": "P", "C2": "P", "A": "C1", "B": "C1", "D": "C2", "T": "A"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all tests; each fills it anew."""
    with open_store(tmp_path_factory.mktemp("figures")) as opened:
        yield opened


def read(world: World, store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the figures of every region, by region and company ("" = recorded capacity)."""
    fill(store, world)
    rows = market.figures(store, MONTH, market_key="all", region_ids=list(world.parents), scope=scope)
    rows = rows.astype({"company_id": object, "region_id": object})
    return rows.fillna({"company_id": "", "region_id": "-"}).set_index(["region_id", "company_id"])


def value(rows: pd.DataFrame, region: str, company: str, column: str) -> float | None:
    """Return one cell, None where nothing is recorded."""
    if (region, company) not in rows.index or math.isnan(rows.loc[(region, company), column]):
        return None
    return float(rows.loc[(region, company), column])


def capacity(rows: pd.DataFrame, region: str) -> float | None:
    """Return a region's capacity from all its rows."""
    if region not in rows.index.get_level_values(0):
        return None
    amounts = rows.loc[region, "capacity"].dropna()
    return float(amounts.sum()) if len(amounts) else None


def test_shops_add_up_to_every_level(store: Store) -> None:
    """Two shops of 30 and 12 in two counties of one city make 42 there, in the province, and none beside."""
    world = World(TREE, homes={"s": "A", "t": "B"}, shops={("s", "US", NOW): 30, ("t", "US", NOW): 12})
    rows = read(world, store)
    assert [value(rows, region, "US", "amount") for region in ("A", "B", "C1", "P", "C2")] == [
        30,
        12,
        42,
        42,
        None,
    ]
    assert capacity(rows, "P") == 42


def test_a_recorded_figure_wins_over_the_shops_below_it(store: Store) -> None:
    """The city's recorded 100 counts, not its shops' 42; the county keeps its 30; the difference is 58."""
    world = World(
        TREE,
        homes={"s": "A", "t": "B"},
        shops={("s", "US", NOW): 30, ("t", "US", NOW): 12},
        recorded={("C1", "US", NOW): 100},
    )
    rows = read(world, store)
    assert value(rows, "C1", "US", "amount") == 100
    assert value(rows, "P", "US", "amount") == 100
    assert value(rows, "A", "US", "amount") == 30
    assert value(rows, "C1", "US", "sales_difference") == 58
    assert value(rows, "A", "US", "sales_difference") is None
    assert capacity(rows, "P") == 100


def test_the_figure_nearest_the_top_counts(store: Store) -> None:
    """Recorded for province 500, city 100 and county 30: each level shows its own figure."""
    world = World(TREE, recorded={("P", "US", NOW): 500, ("C1", "US", NOW): 100, ("A", "US", NOW): 30})
    rows = read(world, store)
    assert [value(rows, region, "US", "amount") for region in ("P", "C1", "A")] == [500, 100, 30]
    assert value(rows, "P", "US", "sales_difference") == 400


def test_companies_are_resolved_one_by_one(store: Store) -> None:
    """A figure recorded for us says nothing about the rival, whose shops still count."""
    world = World(
        TREE,
        homes={"s": "A"},
        shops={("s", "US", NOW): 30, ("s", "R1", NOW): 50},
        recorded={("A", "US", NOW): 80},
    )
    rows = read(world, store)
    assert value(rows, "A", "US", "amount") == 80
    assert value(rows, "A", "R1", "amount") == 50
    assert capacity(rows, "A") == 130


def test_capacity_is_the_sum_of_parts_recorded_or_sold(store: Store) -> None:
    """City C1: county A's recorded 200 plus county B's sales of 12; the province adds C2's sales of 7."""
    world = World(
        TREE,
        homes={"s": "A", "t": "B", "u": "D"},
        shops={("s", "US", NOW): 30, ("t", "R1", NOW): 12, ("u", "R1", NOW): 7},
        capacities={("A", NOW): 200},
    )
    rows = read(world, store)
    assert [capacity(rows, region) for region in ("A", "B", "C1", "C2", "P", "T")] == [
        200,
        12,
        212,
        7,
        219,
        None,
    ]


def test_a_town_below_a_recorded_capacity_keeps_its_own_sum(store: Store) -> None:
    """Town T's sales of 5 are its capacity, and add nothing to county A, whose capacity is recorded."""
    world = World(TREE, homes={"s": "T"}, shops={("s", "US", NOW): 5}, capacities={("A", NOW): 200})
    rows = read(world, store)
    assert [capacity(rows, region) for region in ("T", "A", "P")] == [5, 200, 200]


def test_periods_are_kept_apart(store: Store) -> None:
    """The year's 30 and the 20 of a year earlier stand side by side and never mix."""
    world = World(TREE, homes={"s": "A"}, shops={("s", "US", NOW): 30, ("s", "US", BEFORE): 20})
    rows = read(world, store)
    assert value(rows, "P", "US", "amount") == 30
    assert value(rows, "P", "US", "amount_previous") == 20


def test_shops_without_a_region_stand_alone(store: Store) -> None:
    """A shop without a region counts in no region and is reported beside them."""
    world = World(TREE, homes={"s": None}, shops={("s", "US", NOW): 9})
    rows = read(world, store)
    assert value(rows, "P", "US", "amount") is None
    assert value(rows, "-", "US", "amount") == 9


def test_who_sees_one_city_sees_nothing_else(store: Store) -> None:
    """A scope of city C1 returns no row of C2, of the province, or of shops without a region."""
    world = World(
        TREE,
        homes={"s": "A", "u": "D", "v": None},
        shops={("s", "US", NOW): 30, ("u", "US", NOW): 12, ("v", "US", NOW): 9},
    )
    rows = read(world, store, scope=Scope(("C1",)))
    assert set(rows.index.get_level_values(0)) == {"A", "C1"}


months = st.sampled_from([NOW, BEFORE])
amounts = st.integers(0, 1000)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a tree of up to nine regions with figures anywhere in it."""
    count = draw(st.integers(1, 9))
    parents: dict[str, str | None] = {}
    for number in range(count):
        candidates = [name for name in parents if depth(World(parents), name) < 3]
        parents[f"G{number}"] = draw(st.sampled_from([None, *candidates]))
    regions = st.sampled_from(list(parents))
    companies = st.sampled_from(["US", "R1", "OTHER"])
    homes = draw(st.dictionaries(st.sampled_from("stuvw"), st.one_of(st.none(), regions), max_size=5))
    shops = (
        draw(
            st.dictionaries(
                st.tuples(st.sampled_from(sorted(homes)), companies, months), amounts, max_size=12
            )
        )
        if homes
        else {}
    )
    return World(
        parents,
        recorded=draw(st.dictionaries(st.tuples(regions, companies, months), amounts, max_size=8)),
        capacities=draw(st.dictionaries(st.tuples(regions, months), amounts, max_size=5)),
        homes=homes,
        shops=shops,
    )


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_query_equals_plain_recursion(store: Store, world: World) -> None:
    """Sales, differences and capacity of every region equal the rule written as recursion."""
    rows = read(world, store)
    for region in world.parents:
        for company in world.companies:
            assert value(rows, region, company, "amount") == world.sales(region, company, NOW)
            assert value(rows, region, company, "amount_previous") == world.sales(region, company, BEFORE)
            assert value(rows, region, company, "sales_difference") == world.difference(region, company, NOW)
        assert capacity(rows, region) == world.capacity(region, NOW)
    roots = [region for region, parent in world.parents.items() if parent is None]
    for company in world.companies:
        nowhere = [
            amount
            for (shop, seller, when), amount in world.shops.items()
            if world.homes[shop] is None and (seller, when) == (company, NOW)
        ]
        assert value(rows, "-", company, "amount") == total(list(nowhere))
        everything = total([*(value(rows, root, company, "amount") for root in roots), *nowhere])
        assert everything == total([*(world.sales(root, company, NOW) for root in roots), *nowhere])


@pytest.mark.parametrize("months", [[NOW], [BEFORE, NOW], None])
def test_making_some_months_again_equals_making_all(store: Store, months: list[dt.date] | None) -> None:
    """After a write that changed one month, renewing that month gives what a full rebuild gives."""
    read(World(TREE, homes={"s": "A"}, shops={("s", "US", NOW): 30, ("s", "US", BEFORE): 20}), store)
    change = f"UPDATE terminal_sales SET amount = 31 WHERE month = '{NOW}'"

    def work(cursor) -> None:
        cursor.execute(change)
        derived.bring_up(cursor, changed=["terminal_sales"], months=months)

    store.write("import", work, details={"entity": "terminal_sales"}, finish=derived.mark)
    rows = market.figures(store, MONTH, market_key="all", region_ids=["P"])
    assert rows[["amount", "amount_previous"]].to_numpy().tolist() == [[31.0, 20.0]]
