"""Mixing factors into weights."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.targets.weights import EVEN, Factor, mix

ONE_GROUP = np.zeros(2, np.int64)


def test_mix_of_known_factors_equals_the_mix_of_shares() -> None:
    """60 % history (3:1) and 40 % even give 0.6 x 0.75 + 0.4 x 0.5 = 0.65 to the first."""
    mixed = mix({"history": np.array([300.0, 100.0])}, [Factor("history", 0.6), Factor(EVEN, 0.4)], ONE_GROUP)
    assert (mixed.weights / mixed.weights.sum()).tolist() == pytest.approx([0.65, 0.35])


def test_a_missing_factor_leaves_the_word_to_the_others() -> None:
    """A cell without history is weighted by its capacity alone, and reported."""
    values = {"history": np.array([300.0, np.nan]), "capacity": np.array([1.0, 3.0])}
    mixed = mix(values, [Factor("history"), Factor("capacity")], ONE_GROUP)
    assert mixed.weights.tolist() == pytest.approx([(1 + 0.5) / 2, 1.5])
    assert mixed.missing.tolist() == [False, True]


def test_negative_history_counts_as_none_and_is_reported() -> None:
    """More returns than sales give no weight, and the cell is named."""
    mixed = mix({"history": np.array([100.0, -20.0])}, [Factor("history")], ONE_GROUP)
    assert mixed.weights.tolist() == [2, 0]
    assert mixed.negative.tolist() == [False, True]


def test_a_factor_that_is_zero_for_all_siblings_says_nothing() -> None:
    """Zero for everybody is no reason for anybody; without another factor the weight is unknown."""
    values = {"history": np.zeros(2)}
    assert mix(values, [Factor("history"), Factor(EVEN)], ONE_GROUP).weights.tolist() == [1, 1]
    assert mix(values, [Factor("history")], ONE_GROUP).unknown.all()


def test_unknown_factor_offers_the_nearest() -> None:
    """A misspelled factor is refused with the one meant."""
    with pytest.raises(InputError, match="Did you mean history"):
        mix({"history": np.ones(2)}, [Factor("histroy")], ONE_GROUP)


@pytest.mark.parametrize("weight", [0, -1, float("nan")])
def test_factor_weight_must_be_positive(weight: float) -> None:
    """A factor that doesn't count is left out, not weighted by zero."""
    with pytest.raises(InputError, match="above zero"):
        Factor("history", weight)
