"""What a concentration plan is made from, and the report of the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.market.concentration.options import ConcentrationOptions
from core.reports.market.concentration import concentration_of, region_price
from core.reports.market.effort import region_effort
from core.reports.market.request import MarketRequest
from core.store.scope import Scope
from tests.core.store.market_world import NOW, World, fill, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.database import Store

REQUEST = MarketRequest("US", NOW, NOW, "county")
# Rep e1 makes 3 visits in 甲 and 1 in 乙, rep e2 makes 2 in 乙 and 2 in a shop without a region.
VISITS = [("e1", "s", 3), ("e1", "t", 1), ("e2", "t", 2), ("e2", "lost", 2)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two counties: 甲, where we lead by 150 against 100, and 乙, where we sell 50 against 100."""
    world = World(
        {"P": None, "C": "P", "甲": "C", "乙": "C"},
        homes={"s": "甲", "t": "乙", "lost": None},
        shops={
            ("s", "US", NOW): 150, ("s", "R1", NOW): 100, ("t", "US", NOW): 50, ("t", "R1", NOW): 100,
            ("lost", "US", NOW): 10,
        },
    )  # fmt: skip
    with open_store(tmp_path_factory.mktemp("effort")) as store:
        fill(store, world)
        store.write("facts", _facts)
        yield store


def _facts(cursor: object) -> None:
    execute = cursor.execute  # type: ignore[attr-defined]
    execute(
        "INSERT INTO employee (employee_id, name, work_minutes_per_day) "
        "VALUES ('e1', '甲', 480), ('e2', '乙', NULL)"
    )
    number = 0
    for rep, shop, times in VISITS:
        for _time in range(times):
            number += 1
            start = dt.datetime(2026, 1, number, 9)
            execute(
                "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES (?, ?, ?, ?)",
                [str(number), rep, shop, start],
            )
    execute("INSERT INTO product (product_id, name, unit_margin_rate) VALUES ('p', '茶', 0.4)")
    execute(
        "INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount) "
        "VALUES (DATE '2026-01-01', 's', 'US', 'p', 100)"
    )
    execute(
        "INSERT INTO expense (month, region_id, kind, amount) VALUES "
        "(DATE '2026-01-01', '甲', 'promotion', 15), (DATE '2026-01-01', '甲', 'people', 99)"
    )


def test_reps_are_split_by_their_visits(world: Store) -> None:
    """甲 takes 3/4 of e1, 乙 the rest and half of e2; the other half is elsewhere; all are two reps."""
    effort = region_effort(world, REQUEST)
    reps = effort.table.set_index("region_id")["reps"]
    assert reps.to_dict() == pytest.approx({"甲": 0.75, "乙": 0.75})
    assert effort.elsewhere == pytest.approx(0.5)
    assert effort.reps == pytest.approx(2)


def test_a_month_is_scaled_to_a_quarter_and_a_year(world: Store) -> None:
    """Three visits in one month are nine a quarter; sales of 150 are 1,800 a year, and it is said."""
    effort = region_effort(world, REQUEST)
    row = effort.table.set_index("region_id").loc["甲"]
    assert (row["visits"], row["own"], row["others"]) == pytest.approx((9, 1_800, 1_200))
    assert "scaled_to_year" in {note.code for note in effort.notes}


def test_margin_and_spending(world: Store) -> None:
    """Only advertising and promotion are spending; 乙 has the company's margin, which is said."""
    effort = region_effort(world, REQUEST)
    table = effort.table.set_index("region_id")
    assert table["margin_rate"].to_dict() == pytest.approx({"甲": 0.4, "乙": 0.4})
    assert table.loc["甲", "spending_rate"] == pytest.approx(0.1)
    assert np.isnan(table.loc["乙", "spending_rate"])
    assert "margin_estimated" in {note.code for note in effort.notes}


def test_hours_of_a_rep(world: Store) -> None:
    """Eight hours on 65.25 days; a rep whose hours nobody knows doesn't lower the mean."""
    assert region_effort(world, REQUEST).hours == pytest.approx(522)


def test_a_scope_sees_its_own_regions_only(world: Store) -> None:
    """Whoever may see 甲 gets 甲, and nothing bound elsewhere."""
    request = MarketRequest("US", NOW, NOW, "county", scope=Scope(("甲",)))
    effort = region_effort(world, request)
    assert effort.table["region_id"].tolist() == ["甲"]
    assert effort.elsewhere == 0


def test_report_of_the_plan(world: Store) -> None:
    """With a spare rep, 甲 is attacked, 乙 lacks its spending; the region's price is what it wins."""
    report = concentration_of(region_effort(world, REQUEST), ConcentrationOptions(3.0))
    regions = report.regions.set_index("region_id")
    assert regions["decision"].to_dict() == {"甲": "attack", "乙": "hold"}
    assert regions.loc["乙", "missing"] == "spending"
    assert report.plan.value == pytest.approx(regions["value"].sum())
    assert region_price(report, "甲") == pytest.approx(report.plan.value)
    assert report.rep_price == pytest.approx(0.0)
