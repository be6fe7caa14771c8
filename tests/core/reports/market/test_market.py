"""The market report: figures of a level, the whole, and what it says about them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.i18n import language
from core.reports.market.market import MarketRequest, choices, market_regions, market_report
from core.store.scope import Scope
from tests.core.store.market_world import BEFORE, NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

TREE = {"P": None, "C1": "P", "C2": "P", "A": "C1", "B": "C1", "D": "C2"}
REQUEST = MarketRequest("US", NOW, NOW, "county")


def two_counties() -> World:
    """A: 170 of ours against 100, a year earlier 100 against 100; B: 30 against 70 and others' 20."""
    return World(
        TREE,
        homes={"s": "A", "t": "B", "lost": None},
        shops={
            ("s", "US", NOW): 170,
            ("s", "R1", NOW): 100,
            ("s", "US", BEFORE): 100,
            ("s", "R1", BEFORE): 100,
            ("t", "US", NOW): 30,
            ("t", "R1", NOW): 70,
            ("t", "OTHER", NOW): 20,
            ("lost", "US", NOW): 10,
        },
    )


def codes(store: Store, request: MarketRequest) -> set[str]:
    """Return the codes of a report's notes."""
    return {note.code for note in market_report(store, request).notes}


def test_a_region_without_capacity_takes_the_sum_of_sales(store: Store) -> None:
    """A: 170 + 100 = 270 is the capacity, our share 63 %, secured at exactly 1.7 times, growth 35 %."""
    fill(store, two_counties())
    row = market_report(store, REQUEST).regions.set_index("region_id").loc["A"]
    assert row["capacity"] == 270
    assert row["capacity_source"] == "sum_of_sales"
    assert row["share"] == pytest.approx(170 / 270)
    assert row["state"] == "secured"
    assert row["growth"] == pytest.approx(270 / 200 - 1)
    assert "capacity_is_sum" in codes(store, REQUEST)


def test_every_region_of_the_level_has_a_row(store: Store) -> None:
    """County D, of which nothing is recorded, has own sales of zero and no capacity, and a note names it."""
    fill(store, two_counties())
    report = market_report(store, REQUEST)
    row = report.regions.set_index("region_id").loc["D"]
    assert list(report.regions["region_id"]) == ["A", "B", "D"]
    assert math.isnan(row["capacity"])
    assert row["own"] == 0
    assert next(note for note in report.notes if note.code == "no_figures").regions == ("D",)


def test_a_missing_year_gives_no_growth(store: Store) -> None:
    """B has no figures a year earlier: its growth is unknown, not infinite or zero, and a note says so."""
    fill(store, two_counties())
    report = market_report(store, REQUEST)
    row = report.regions.set_index("region_id").loc["B"]
    assert math.isnan(row["growth"])
    assert math.isnan(row["own_growth"])
    assert next(note for note in report.notes if note.code == "no_previous").regions == ("B",)


def test_a_partly_covered_year_is_noted(store: Store) -> None:
    """Two months now against one a year earlier: the growth is shown, and a note says it looks too high."""
    world = two_counties()
    fill(store, world)
    january_and_february = replace(REQUEST, end=NOW.replace(month=2))
    assert "period_incomplete" in codes(store, january_and_february)
    world.shops["s", "US", NOW.replace(month=2)] = 50
    fill(store, world)
    report = market_report(store, january_and_february)
    note = next(note for note in report.notes if note.code == "previous_incomplete")
    assert note.regions == ("A",)
    assert note.level == "warning"
    row = report.regions.set_index("region_id").loc["A"]
    assert (row["months"], row["months_previous"]) == (2, 1)


def test_a_recorded_capacity_is_not_compared_with_a_sum(store: Store) -> None:
    """Recorded 500 now, a sum of sales a year earlier: the growth is unknown, and a note says why."""
    world = two_counties()
    world.capacities["A", NOW] = 500
    fill(store, world)
    report = market_report(store, REQUEST)
    row = report.regions.set_index("region_id").loc["A"]
    assert row["capacity"] == 500
    assert row["capacity_source"] == "recorded"
    assert math.isnan(row["growth"])
    assert "capacity_source_changed" in codes(store, REQUEST)


def test_the_whole_counts_shops_without_a_region(store: Store) -> None:
    """The whole is 270 + 120 + 10 = 400 with 210 of ours; the counties add up to 390; a note tells."""
    fill(store, two_counties())
    report = market_report(store, REQUEST)
    assert report.total["capacity"].item() == 400
    assert report.total["own"].item() == 210
    assert report.regions["capacity"].sum() == 390
    assert "terminals_without_region" in {note.code for note in report.notes}
    assert "level_differs_from_whole" not in {note.code for note in report.notes}


def test_a_capacity_recorded_for_the_whole_covers_lost_shops(store: Store) -> None:
    """A capacity of 1,000 recorded for the province is the whole market's, lost shops included."""
    world = two_counties()
    world.capacities["P", NOW] = 1000
    fill(store, world)
    report = market_report(store, REQUEST)
    assert report.total["capacity"].item() == 1000
    assert report.total["own"].item() == 210


def test_a_figure_above_the_level_is_noted(store: Store) -> None:
    """A figure recorded for the city isn't divided among its counties; a note says they don't add up."""
    world = two_counties()
    world.recorded["C1", "US", NOW] = 900
    fill(store, world)
    assert {"level_differs_from_whole"} <= codes(store, REQUEST)
    city = replace(REQUEST, level="city")
    assert {"recorded_counts"} <= codes(store, city)
    row = market_report(store, city).regions.set_index("region_id").loc["C1"]
    assert row["own"] == 900
    assert row["sales_difference"] == 700


def test_within_a_region_only_what_lies_in_it_counts(store: Store) -> None:
    """Within city C2 there is county D alone, and the whole is the city without any lost shop."""
    fill(store, two_counties())
    report = market_report(store, replace(REQUEST, within="C2"))
    assert list(report.regions["region_id"]) == ["D"]
    assert report.total["own"].item() == 0


def test_companies_are_listed_by_region_largest_first(store: Store) -> None:
    """B: R1 70 first, we with 30 second, others 20 without a rank; the shares are of 120."""
    fill(store, two_counties())
    rows = market_report(store, REQUEST).companies.query("region_id == 'B'")
    assert list(rows["company_id"]) == ["R1", "US", "OTHER"]
    assert list(rows["rank"].astype(float).fillna(-1)) == [1, 2, -1]
    assert rows["share"].tolist() == pytest.approx([70 / 120, 30 / 120, 20 / 120])
    assert list(rows["is_self"]) == [False, True, False]


def test_the_table_alone_equals_that_of_the_report(store: Store) -> None:
    """market_regions gives the same columns and values as the report's regions."""
    fill(store, two_counties())
    alone = market_regions(store, REQUEST)
    report = market_report(store, REQUEST).regions
    assert report[alone.columns].equals(alone)


def test_a_scope_hides_everything_else(store: Store) -> None:
    """Who may see city C2 gets its county and its total, and no company's sales of C1."""
    fill(store, two_counties())
    report = market_report(store, replace(REQUEST, scope=Scope(("C2",))))
    assert list(report.regions["region_id"]) == ["D"]
    assert list(report.companies["company_id"]) == ["US"]
    assert report.total["own"].item() == 0


def test_an_unknown_value_is_refused_with_the_nearest_one(store: Store) -> None:
    """A company, level or region that the data don't have is named, with the nearest that they have."""
    fill(store, two_counties())
    with pytest.raises(InputError, match=r"no company R2.*R1"):
        market_report(store, replace(REQUEST, own_company="R2"))
    with pytest.raises(InputError, match=r"no level conty.*county"):
        market_report(store, replace(REQUEST, level="conty"))
    with pytest.raises(InputError, match=r"no region C3.*C"):
        market_report(store, replace(REQUEST, within="C3"))
    with pytest.raises(InputError, match="no category tea"):
        market_report(store, replace(REQUEST, category="tea"))
    with pytest.raises(InputError, match="no market west"):
        market_report(store, replace(REQUEST, market_id="west"))


def test_a_region_outside_the_scope_is_unknown(store: Store) -> None:
    """Asking for city C1 with a scope of C2 is refused like a region that doesn't exist."""
    fill(store, two_counties())
    with pytest.raises(InputError, match="no region C1"):
        market_report(store, replace(REQUEST, within="C1", scope=Scope(("C2",))))


def test_choices_offer_what_there_is(store: Store) -> None:
    """Months from the first to the last figure, levels from the top, the own company first."""
    fill(store, two_counties())
    offered = choices(store)
    assert offered is not None
    assert (offered.first_month, offered.last_month) == (BEFORE, NOW)
    assert list(offered.levels) == ["country", "city", "county"]
    assert offered.default_level == "county"
    assert list(offered.companies) == ["US", "R1", "OTHER"]
    assert offered.own_company == "US"


def test_an_empty_store_offers_nothing(store: Store) -> None:
    """Without figures there is nothing to choose, and a page shows its empty state."""
    fill(store, World({}))
    assert choices(store) is None


def test_notes_speak_chinese(store: Store) -> None:
    """On the Chinese screen a note is a Chinese sentence."""
    fill(store, two_counties())
    with language("zh_CN"):
        sentences = [note.sentence for note in market_report(store, REQUEST).notes]
    assert any("销售额之和" in sentence for sentence in sentences)
