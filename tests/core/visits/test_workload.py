"""Load against capacity before any route is made."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.visits.travel import Travel
from core.visits.workload import Workload, area_km2, cuts, workload
from tests.core.visits.world import shops


def test_the_area_of_a_square() -> None:
    """A tenth of a degree at the equator is about 11 km."""
    assert area_km2(np.array([0, 0, 0.1, 0.1]), np.array([0, 0.1, 0, 0.1])) == pytest.approx(
        11.1**2, rel=0.01
    )


def test_load_is_visits_times_minutes_and_grows_with_the_way() -> None:
    """The estimate of the way rises with the distance from home."""
    town = shops(40)
    options = {"weeks": 4, "days": 20, "minutes_a_day": 480, "travel": Travel()}
    near = workload(town, home=(30.05, 114.05), **options)
    far = workload(town, home=(30.5, 114.05), **options)
    assert near.visit_minutes == town["planned"].sum() * 20
    assert far.travel_minutes > near.travel_minutes > 0
    assert near.share == pytest.approx(near.minutes / 9600)


def test_what_does_not_fit_is_counted_in_reps() -> None:
    """Half a rep's time over is half a rep missing."""
    load = Workload(100, 1200, 300, 1000, 4)
    assert (load.over, load.missing_reps) == (500, 0.5)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 50)), min_size=1, max_size=5), st.integers(1, 400)
)
def test_cuts_free_the_minutes_and_no_more_than_one_visit_too_many(rows: list, over: int) -> None:
    """The last visit cut is needed; when all are cut nothing more can be."""
    table = pd.DataFrame(rows, columns=["planned", "own"]).assign(minutes=20.0, basis="norm")
    table["terminal_id"] = [str(n) for n in table.index]
    found = cuts(table, over)
    freed = found["cut"].sum() * 20
    assert freed >= min(over, table["planned"].sum() * 20)
    assert freed - 20 < over


def test_cuts_cost_the_fewest_sales_when_whole_shops_go() -> None:
    """With one visit each and equal minutes no other choice has less at stake."""
    own = [50.0, 10, 40, 20, 30]
    table = pd.DataFrame(
        {"terminal_id": list("abcde"), "planned": 1, "minutes": 10.0, "own": own, "basis": "norm"}
    )
    least = min(sum(choice) for choice in itertools.combinations(own, 3))
    assert cuts(table, 30)["at_stake"].sum() == least


def test_visits_set_by_hand_are_not_cut() -> None:
    """Somebody gave a reason for them."""
    table = pd.DataFrame(
        {
            "terminal_id": ["a", "b"],
            "planned": 1,
            "minutes": 10.0,
            "own": [1.0, 9.0],
            "basis": ["override", "norm"],
        }
    )
    assert cuts(table, 10)["terminal_id"].tolist() == ["b"]
