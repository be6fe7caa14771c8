"""Response functions: the published calibration, and the greedy allocation."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.response import Response, allocate, fit

EFFORT = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
SALES = [0.50, 0.53, 0.55, 0.75, 1.00, 1.20, 1.27, 1.32, 1.35]


def test_the_published_calibration_data() -> None:
    """A .511, b 1.371, c 4.515, d .734, and 15 % more effort sells 1.129 times as much."""
    found = fit(EFFORT, SALES)
    assert (found.least, found.most, found.shape, found.half) == pytest.approx(
        (0.511, 1.371, 4.515, 0.734), abs=1e-3
    )
    assert float(found(1.15)) == pytest.approx(1.129, abs=1e-3)
    assert float(sum((found(EFFORT) - SALES) ** 2)) == pytest.approx(0.0008, abs=5e-5)


def test_three_points_are_too_few() -> None:
    """Four unknowns need four efforts."""
    with pytest.raises(InputError):
        fit([0, 1, 1, 2], [1, 2, 2, 3])


def test_a_response_falls_nowhere() -> None:
    """Most below least is refused."""
    with pytest.raises(InputError):
        Response(1.0, 0.5, 1.0, 1.0)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(0, 9),
)
def test_with_falling_gains_no_choice_sells_more(gains: list[list[int]], budget: int) -> None:
    """On concave curves with equal minutes the greedy equals trying everything."""
    curves = [[0, *itertools.accumulate(sorted(g, reverse=True))] for g in gains]
    levels, sales = allocate(curves, [1.0] * len(curves), budget)
    best = max(
        sum(curve[v] for curve, v in zip(curves, choice, strict=True))
        for choice in itertools.product(range(4), repeat=len(curves))
        if sum(choice) <= budget
    )
    assert sales == best
    assert sum(levels) <= budget


def test_an_s_shaped_curve_is_entered_where_it_pays() -> None:
    """The first visit alone sells nothing; two together sell most per minute and are made."""
    assert allocate([[0, 0, 10], [0, 4, 5]], [1.0, 1.0], 2) == ([2, 0], 10.0)
