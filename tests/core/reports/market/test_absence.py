"""Regions without a row of ours: zero where our books are complete, and what follows from it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.reports.market.market import MarketRequest, market_report, market_trend
from core.store.preferences import INCOMPLETE_BOOKS, prefer
from tests.core.store.market_world import BEFORE, NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

TREE = {"P": None, "C1": "P", "C2": "P", "A": "C1", "B": "C1", "D": "C2", "T": "A"}
REQUEST = MarketRequest("US", NOW, NOW, "county")


def world() -> World:
    """A: 170 of ours, a year earlier 100; B: a rival's 70 and a capacity of 100; D: a rival's 50."""
    return World(
        TREE,
        recorded={
            ("A", "US", NOW): 170,
            ("A", "US", BEFORE): 100,
            ("B", "R1", NOW): 70,
            ("B", "R1", BEFORE): 60,
            ("D", "R1", NOW): 50,
        },
        capacities={("B", NOW): 100, ("B", BEFORE): 80},
    )


def row(store: Store, region: str, request: MarketRequest = REQUEST) -> pd.Series:
    """Return a region's row."""
    return market_report(store, request).regions.set_index("region_id").loc[region]


def test_a_region_without_a_row_of_ours_is_not_entered(store: Store) -> None:
    """B: own 0, share 0 of 100, growth 25 % below the average of 50 %, at most 1.7 × 70 = 119 to No.1."""
    fill(store, world())
    b = row(store, "B")
    assert (b["own"], b["share"], b["own_source"], b["state"]) == (0, 0, "no_row", "no_own_sales")
    assert b["zone"] == "decline"
    assert b["target_fixed"] == 119
    assert b["gap_fixed"] == 119
    assert b["rank"] == 2
    assert "own" not in b["missing"]
    assert row(store, "A")["own_source"] == "recorded"


def test_the_note_names_them(store: Store) -> None:
    """B and D, without a row of ours, are named in a note."""
    fill(store, world())
    notes = {note.code: note for note in market_report(store, REQUEST).notes}
    assert notes["own_absent"].regions == ("B", "D")


def test_an_unknown_capacity_stays_unknown(store: Store) -> None:
    """County E, of which nothing at all is recorded, has no capacity, no share, no zone and no rank."""
    values = world()
    values.parents["E"] = "C2"
    fill(store, values)
    e = row(store, "E")
    assert e["own"] == 0
    assert math.isnan(e["capacity"])
    assert math.isnan(e["share"])
    assert not isinstance(e["zone"], str)
    assert e["rank"] is pd.NA


def test_a_new_entry_has_no_growth_rate(store: Store) -> None:
    """B sold nothing a year earlier: its share rises from 0 by 20 points, its growth is unknown."""
    values = world()
    values.recorded["B", "US", NOW] = 20
    fill(store, values)
    b = row(store, "B")
    assert (b["own_previous"], b["own_source_previous"]) == (0, "no_row")
    assert math.isnan(b["own_growth"])
    assert b["share_change"] == pytest.approx(0.2)
    assert "own_entered" in {note.code for note in market_report(store, REQUEST).notes}


def test_finer_than_our_figures_it_is_unknown(store: Store) -> None:
    """A county's 170 may lie in any of its towns: T is unknown. The city without any row is zero."""
    fill(store, world())
    assert math.isnan(row(store, "T", replace(REQUEST, level="town"))["own"])
    cities = replace(REQUEST, level="city")
    assert row(store, "C1", cities)["own"] == 170
    assert row(store, "C2", cities)["own"] == 0


def test_a_figure_of_the_city_that_counties_do_not_explain(store: Store) -> None:
    """The city's 200 exceed A's 170: B may have 30, so B is unknown; at 170 it is zero."""
    values = world()
    values.recorded["C1", "US", NOW] = 200
    fill(store, values)
    assert math.isnan(row(store, "B")["own"])
    assert row(store, "D")["own"] == 0
    values.recorded["C1", "US", NOW] = 170
    fill(store, values)
    assert row(store, "B")["own"] == 0


def test_shops_of_the_city_itself_may_lie_in_any_county(store: Store) -> None:
    """A shop of city C1 that names no county sells: B is unknown."""
    values = world()
    values.homes["s"] = "C1"
    values.shops["s", "US", NOW] = 5
    fill(store, values)
    assert math.isnan(row(store, "B")["own"])
    assert row(store, "D")["own"] == 0


def test_without_own_sales_anywhere_everything_is_unknown(store: Store) -> None:
    """Our books begin a year earlier or later: no region is zero in a period without any sale of ours."""
    values = world()
    del values.recorded["A", "US", NOW]
    fill(store, values)
    assert math.isnan(row(store, "B")["own"])
    assert row(store, "B")["own_previous"] == 0


def test_a_rival_s_figures_are_never_complete(store: Store) -> None:
    """Seen from the rival, A without its row is unknown; the request can say otherwise."""
    fill(store, world())
    rival = replace(REQUEST, own_company="R1")
    assert math.isnan(row(store, "A", rival)["own"])
    assert row(store, "A", replace(rival, absent_own="zero"))["own"] == 0


def test_the_switch_of_the_market_turns_it_off(store: Store) -> None:
    """With gaps in the books of all kinds B is unknown again; the request overrules the setting."""
    fill(store, world())
    prefer(store, f"{INCOMPLETE_BOOKS}all", "yes")
    try:
        assert math.isnan(row(store, "B")["own"])
        assert row(store, "B", replace(REQUEST, absent_own="zero"))["own"] == 0
    finally:
        prefer(store, f"{INCOMPLETE_BOOKS}all", "")
    assert row(store, "B")["own"] == 0
    assert math.isnan(row(store, "B", replace(REQUEST, absent_own="unknown"))["own"])


def test_a_wrong_word_is_refused() -> None:
    """absent_own is zero or unknown, nothing else."""
    with pytest.raises(InputError):
        replace(REQUEST, absent_own="none")


def test_months_without_a_row_are_zero_in_the_trend(store: Store) -> None:
    """B's trend has us with 0 in both months in which we sell elsewhere."""
    fill(store, world())
    trend = market_trend(store, REQUEST, "B")
    own = trend[trend["is_self"]]
    assert own["amount"].tolist() == [0, 0]
    assert own["share"].tolist() == [0, 0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.dictionaries(
        st.tuples(
            st.sampled_from(["P", "C1", "A", "B", "D", "T"]),
            st.sampled_from(["US", "R1", "OTHER"]),
            st.sampled_from([NOW, BEFORE]),
        ),
        st.integers(0, 90),
        max_size=9,
    )
)
def test_zeros_change_no_total_and_no_rival(store: Store, amounts: dict) -> None:
    """With zeros or unknowns: every sum, capacity, rival and known own figure is the same."""
    fill(store, World(TREE, recorded=amounts))
    zero, unknown = (market_report(store, replace(REQUEST, absent_own=each)) for each in ("zero", "unknown"))
    same = ["capacity", "capacity_previous", "growth", "rival_id", "rival_sales", "rival_share", "others"]
    assert zero.regions[same].equals(unknown.regions[same])
    assert zero.total[[*same, "own_previous"]].equals(unknown.total[[*same, "own_previous"]])
    known = unknown.regions["own"].notna()
    assert zero.regions["own"][known].equals(unknown.regions["own"][known])
    assert set(zero.regions["own"][~known].dropna()) <= {0.0}
    np.testing.assert_array_equal(zero.regions["own"].sum(), unknown.regions["own"].sum())
    rivals = [
        table.companies[~table.companies["is_self"]].reset_index(drop=True) for table in (zero, unknown)
    ]
    assert rivals[0].drop(columns="rank").equals(rivals[1].drop(columns="rank"))
