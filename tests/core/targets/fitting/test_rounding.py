"""Sharing out whole units in one dimension."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.fitting.rounding import apportion


def test_largest_remainder_of_three_equal_weights() -> None:
    """100 over three equal weights gives 34, 33, 33: the first of equals gets the unit left over."""
    assert apportion(100, [1, 1, 1]).tolist() == [34, 33, 33]


def test_groups_may_be_mixed_up() -> None:
    """Cells of a group need not be neighbours, and each group has its own total."""
    assert apportion([10, 5], [1, 2, 3, 4], groups=[0, 1, 0, 1]).tolist() == [3, 2, 7, 3]


def test_upper_bound_passes_the_rest_on() -> None:
    """What a bounded cell can't take goes to the others in proportion to their weights."""
    assert apportion(100, [1, 2, 7], upper=[100, 100, 40]).tolist() == [20, 40, 40]


cells = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=8
)


@given(cells, st.integers(0, 60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_total_ties_and_bounds_hold_or_the_bounds_forbid_it(
    rows: list[tuple[int, int, int]], total: int
) -> None:
    """The sum is the total and every bound holds; it is refused exactly when no such counts exist."""
    weights = np.array([row[0] for row in rows])
    lower = np.array([row[1] for row in rows])
    upper = lower + np.array([row[2] for row in rows])
    reach = np.where(weights > 0, upper, lower).sum()
    if not lower.sum() <= total <= reach:
        with pytest.raises(InfeasibleError):
            apportion(total, weights, lower=lower, upper=upper)
        return
    counts = apportion(total, weights, lower=lower, upper=upper)
    assert counts.sum() == total
    assert (counts >= lower).all()
    assert (counts <= upper).all()


def nearest_bounded(total: int, weights: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Solve clip(scale x weights, 0, upper) = total by bisection, the slow way."""
    low, high = 0.0, float(total + 1) * 1000
    for _ in range(200):
        middle = (low + high) / 2
        if np.clip(middle * weights, 0, upper).sum() < total:
            low = middle
        else:
            high = middle
    return np.clip(high * weights, 0, upper)


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 12)), min_size=1, max_size=8), st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_each_count_is_within_one_unit_of_the_bounded_share(
    rows: list[tuple[int, int]], data: st.DataObject
) -> None:
    """No count is a whole unit away from the proportional share inside the bounds."""
    weights, upper = (np.array(column) for column in zip(*rows, strict=True))
    total = data.draw(st.integers(0, int(upper.sum())))
    counts = apportion(total, weights, upper=upper)
    assert np.abs(counts - nearest_bounded(total, weights, upper)).max() < 1 + 1e-6


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(any), st.integers(0, 12))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_no_other_counts_are_closer_to_the_shares(weights: list[int], total: int) -> None:
    """Among all counts with this total, none has a smaller sum of squared distances to the shares."""
    shares = total * np.array(weights) / sum(weights)

    def distance(counts: tuple[int, ...]) -> float:
        return float(((np.array(counts) - shares) ** 2).sum())

    best = min(distance(c) for c in product(range(total + 1), repeat=len(weights)) if sum(c) == total)
    assert distance(tuple(apportion(total, weights))) == pytest.approx(best)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12), st.integers(0, 10**6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_scaling_the_weights_changes_nothing(weights: list[int], total: int) -> None:
    """Weights in yuan and in 万元 give the same counts, and so does a second run."""
    counts = apportion(total, weights)
    assert (counts == apportion(total, np.array(weights) / 10_000)).all()
    assert (counts == apportion(total, weights)).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lower": [60, 50, 0]}, "exceed the total 100 by 10"),
        ({"upper": [30, 30, 30]}, "leave 10 of the total 100"),
    ],
)
def test_bounds_that_leave_no_way_out_name_the_gap(options: dict, message: str) -> None:
    """The message says by how much bounds and total contradict each other."""
    with pytest.raises(InfeasibleError, match=message):
        apportion(100, [1, 1, 1], **options)


def test_all_weights_zero_is_refused() -> None:
    """Without any weight nothing tells how to share a total out."""
    with pytest.raises(InfeasibleError, match="Nothing tells how to share out 5"):
        apportion(5, [0, 0])


@pytest.mark.parametrize("weights", [[1, -1], [1, float("nan")]])
def test_missing_and_negative_weights_are_refused(weights: list[float]) -> None:
    """A missing weight is not zero."""
    with pytest.raises(InputError, match="missing or below zero"):
        apportion(5, weights)
