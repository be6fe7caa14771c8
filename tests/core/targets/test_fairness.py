"""Fairness figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.targets.fairness import fairness, inequality, ratio, stretch


def test_equal_figures_have_no_inequality() -> None:
    """Everybody alike: variation and Gini 0, largest / smallest 1."""
    found = inequality([3, 3, 3])
    assert (found.variation, found.gini, found.widest) == (0, 0, 1)


def test_worked_figures() -> None:
    """1, 2, 3: standard deviation .8165 / mean 2, Gini 2/9, ratio 3."""
    found = inequality([3, 1, 2])
    assert found.variation == pytest.approx(0.8165 / 2, abs=1e-4)
    assert found.gini == pytest.approx(2 / 9)
    assert found.widest == 3


@given(st.lists(st.integers(0, 50), min_size=1, max_size=10).filter(any))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_gini_is_the_mean_difference(values: list[int]) -> None:
    """Gini = mean absolute difference of all pairs / (2 x mean)."""
    array = np.array(values, dtype=float)
    pairs = np.abs(array[:, None] - array[None, :]).mean()
    assert inequality(values).gini == pytest.approx(pairs / 2 / array.mean())
    assert inequality(array / 10_000).gini == pytest.approx(inequality(values).gini)


def test_unknown_figures_are_left_out() -> None:
    """A base of zero or unknown makes no ratio, and no ratio is no zero."""
    shares = ratio([10, 10, 10], [5, 0, np.nan])
    assert shares[0] == 2
    assert np.isnan(shares[1:]).all()
    assert inequality(shares).count == 1
    assert np.isnan(inequality([np.nan]).gini)
    with pytest.raises(InputError, match="smallest is -1"):
        inequality([-1, 2])


def test_stretch_stands_next_to_quota_over_potential() -> None:
    """Growth on last year and target / potential side by side, with the multiple of the median."""
    reps = pd.DataFrame(
        {
            "rep": ["Li", "Wu", "He"],
            "target": [110, 240, 50],
            "last_year": [100, 200, 0],
            "potential": [220, 300, 100],
        }
    )
    table = stretch(reps)
    assert table["stretch"].tolist()[:2] == pytest.approx([0.1, 0.2])
    assert np.isnan(table["stretch"][2])
    assert table["to_potential"].tolist() == pytest.approx([0.5, 0.8, 0.5])
    assert table["times_median"].tolist()[:2] == pytest.approx([2 / 3, 4 / 3])


def test_fairness_per_level_and_base() -> None:
    """One row for every level and every base there is."""
    nodes = pd.DataFrame(
        {"level": ["region", "region", "rep", "rep"], "target": [1, 2, 1, 1], "potential": [1, 1, 1, 1]}
    )
    table = fairness(nodes, "level")
    assert table[["level", "base", "count"]].to_numpy().tolist() == [
        ["region", "potential", 2],
        ["rep", "potential", 2],
    ]
    assert table["gini"].tolist() == pytest.approx([1 / 6, 0])
