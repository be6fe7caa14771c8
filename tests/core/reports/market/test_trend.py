"""The trend of a region's companies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.reports.market.market import MarketRequest, market_report, market_trend
from core.reports.market.stages import region_stages
from core.reports.market.trend import largest_companies, largest_trend
from core.store.scope import Scope
from tests.core.store.market_world import BEFORE, NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

TREE = {"P": None, "C1": "P", "C2": "P"}
REQUEST = MarketRequest("US", NOW, NOW, "city")


def world() -> World:
    """C1 sells 30 of ours and 70 of the rival's now, 20 of ours a year earlier; a lost shop sells 10."""
    return World(
        TREE,
        homes={"s": "C1", "t": "C2", "lost": None},
        shops={
            ("s", "US", NOW): 30,
            ("s", "R1", NOW): 70,
            ("s", "US", BEFORE): 20,
            ("t", "R1", NOW): 90,
            ("lost", "US", NOW): 10,
        },
    )


def test_each_month_has_its_own_share(store: Store) -> None:
    """City C1: 20 of 20 a year earlier, 30 of 100 now; the months between are absent, not zero."""
    fill(store, world())
    rows = market_trend(store, REQUEST, "C1")
    own = rows[rows["is_self"]]
    assert own["amount"].tolist() == [20, 30]
    assert own["share"].tolist() == pytest.approx([1, 0.3])
    assert own["capacity_source"].tolist() == ["sum_of_sales", "sum_of_sales"]


def test_the_trend_of_the_whole_ends_where_the_report_stands(store: Store) -> None:
    """The last month of the whole is the report's total, lost shops included."""
    fill(store, world())
    rows = market_trend(store, REQUEST)
    last = rows[(rows["month"].astype(str) == str(NOW)) & rows["is_self"]].iloc[0]
    total = market_report(store, REQUEST).total.iloc[0]
    assert (last["amount"], last["capacity"]) == (total["own"], total["capacity"]) == (40, 200)


def test_a_recorded_capacity_counts_in_its_month(store: Store) -> None:
    """C1's capacity of 200 counts now; a year earlier its sales stand for it."""
    given = world()
    given.capacities["C1", NOW] = 200
    fill(store, given)
    own = market_trend(store, REQUEST, "C1").query("is_self")
    assert own["capacity"].tolist() == [20, 200]
    assert own["capacity_source"].tolist() == ["sum_of_sales", "recorded"]


def test_a_recorded_capacity_of_the_whole_covers_lost_shops(store: Store) -> None:
    """A capacity of 500 for the province is the whole month's capacity; the lost shop's sales still count."""
    given = world()
    given.capacities["P", NOW] = 500
    fill(store, given)
    own = market_trend(store, REQUEST).query("is_self").iloc[-1]
    assert (own["amount"], own["capacity"]) == (40, 500)


def test_a_region_outside_the_scope_has_no_trend(store: Store) -> None:
    """Who may see C1 gets nothing of C2, and nothing of lost shops in the whole."""
    fill(store, world())
    scoped = replace(REQUEST, scope=Scope(("C1",)))
    assert market_trend(store, scoped, "C2").empty
    assert market_trend(store, scoped).query("is_self")["amount"].tolist() == [20, 30]


def test_the_largest_come_first_with_us_and_the_rival_to_beat(store: Store) -> None:
    """Of one company at most, the larger rival is drawn, and we beside it, though we are smaller."""
    fill(store, world())
    rows = largest_trend(store, REQUEST, None, most=1)
    assert rows["company_id"].drop_duplicates().tolist() == ["R1", "US"]
    assert not rows["is_benchmark"].any()


def test_the_rival_to_beat_is_among_the_largest_however_small_it_is() -> None:
    """Of four companies the largest is kept, and we and the rival to beat, the group of the others last."""
    months = pd.DataFrame(
        {
            "month": NOW,
            "company_id": ["US", "BEAT", "BIG", "SMALL", "OTHER"],
            "amount": [5.0, 1.0, 90.0, 4.0, 95.0],
            "is_self": [True, False, False, False, False],
            "is_benchmark": [False, True, False, False, False],
            "is_aggregate": [False, False, False, False, True],
        }
    )
    assert largest_companies(months, 2)["company_id"].tolist() == ["BIG", "US", "BEAT", "OTHER"]


def test_the_stages_of_a_region_end_above_its_rival(store: Store) -> None:
    """C1, 30 against 70, still has every stage ahead; the last target is 1.7 times the rival's part."""
    fill(store, world())
    report = market_report(store, REQUEST)
    stages = region_stages(report, "C1")
    assert len(stages)
    assert not stages["reached"].astype(bool).all()
    assert stages["target"].iloc[-1] == pytest.approx(
        float(report.regions.set_index("region_id").loc["C1", "target_fixed"])
    )
