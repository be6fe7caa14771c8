"""Minutes spent where they earn most."""

from __future__ import annotations

import itertools

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.visits.response.curves import Judgement
from core.visits.response.spending import Choices, spend_minutes, spread_visits

CURVES = {"A": Judgement(40, 75, 115, 150).curve(), "C": Judgement(85, 95, 103, 110).curve()}


def gain(customers: list[Choices], chosen: list[int]) -> float:
    """Return what the levels earn."""
    return sum(c.gains[level] for c, level in zip(customers, chosen, strict=True))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(0, 9)
)
def test_with_falling_gains_no_choice_earns_more(gains: list[list[int]], budget: int) -> None:
    """On concave curves with equal minutes the greedy equals trying everything."""
    customers = [
        Choices([0, 1, 2, 3], [0, *itertools.accumulate(sorted(g, reverse=True))], 1.0) for g in gains
    ]
    best = max(
        gain(customers, list(choice))
        for choice in itertools.product(range(4), repeat=len(customers))
        if sum(choice) <= budget
    )
    chosen = spend_minutes(customers, budget)
    assert gain(customers, chosen) == best
    assert sum(chosen) <= budget


def test_an_s_shaped_curve_is_entered_where_it_pays() -> None:
    """The first visit alone earns nothing; two together earn most per minute and are made."""
    customers = [Choices([0, 1, 2], [0, 0, 10], 1.0), Choices([0, 1, 2], [0, 4, 5], 1.0)]
    assert spend_minutes(customers, 2) == [2, 0]


def test_where_the_best_step_no_longer_fits_a_smaller_one_does() -> None:
    """Three minutes are left for a shop whose best step takes four: it gets the one of two."""
    customers = [Choices([0, 2, 4], [0, 5, 20], 1.0), Choices([0, 1], [0, 9], 1.0)]
    assert spend_minutes(customers, 4) == [1, 1]


def test_visits_move_to_where_they_earn() -> None:
    """Minutes go from C shops that hardly react to A shops that do; no shop loses its last visit."""
    shops = pd.DataFrame(
        {
            "terminal_id": ["T1", "T2", "T3", "T4"],
            "grade": ["A", "C", "C", "B"],
            "visits": [2.0, 4.0, 0.5, 4.0],
            "minutes": [30.0, 30.0, 30.0, 30.0],
            "margin": [9000.0, 500.0, 400.0, 9000.0],
        }
    )
    found = spread_visits(shops, CURVES).set_index("terminal_id")
    assert found.at["T1", "proposed"] == 4
    assert found.at["T2", "proposed"] < 4
    assert found["gained"].sum() > 0
    assert found.at["T4", "proposed"] == 4
    assert not found.at["T4", "free"]
    assert (found.loc[["T1", "T2"], "proposed"] >= 1).all()
    assert found.at["T3", "proposed"] >= 0.5


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "C"]),
            st.sampled_from([0.5, 1.0, 2.0, 4.0]),
            st.floats(5, 60),
            st.one_of(st.just(float("nan")), st.floats(0, 1e5)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_more_minutes_are_spent_and_nothing_is_lost(rows: list[tuple[str, float, float, float]]) -> None:
    """The proposal needs at most today's minutes and earns at least today's margin."""
    shops = pd.DataFrame(rows, columns=["grade", "visits", "minutes", "margin"])
    found = spread_visits(shops, CURVES)
    used, had = (found["proposed"] * found["minutes"]).sum(), (found["visits"] * found["minutes"]).sum()
    assert used <= had + 1e-6
    assert (found.loc[~found["free"], "proposed"] == found.loc[~found["free"], "visits"]).all()
    assert found["gained"].sum() >= -1e-6
