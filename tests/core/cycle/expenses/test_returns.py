"""The return on a promotion."""

from __future__ import annotations

import numpy as np
import pytest

from core.cycle.expenses.effect import Effect, Estimate
from core.cycle.expenses.returns import promotion_return


def effect(rate: float, half: float, *, left_out: int = 0) -> Effect:
    """Return an effect of 20 shops with an interval."""
    trend = Estimate(1000.0, 0.0, -0.1, 0.1)
    return Effect(Estimate(1000.0, rate, rate - half, rate + half), trend, 20, 50, left_out, {})


def test_the_return_worked_by_hand() -> None:
    """Two months of 1,000 and 30 % more are 600; a quarter of it, 150, less 100: a return of a half."""
    found = promotion_return(effect(0.3, 0.05), months=2, margin_rate=0.25, cost=100.0)
    assert (found.lift, found.gain, found.rate) == (600, 50, 0.5)
    assert (found.gain_low, found.gain_high) == (pytest.approx(25), pytest.approx(75))
    assert found.verdict == "paid"


@pytest.mark.parametrize(("half", "verdict"), [(0.05, "lost"), (0.4, "open")])
def test_the_verdict_is_that_of_the_whole_interval(half: float, verdict: str) -> None:
    """A gain below zero is a loss only where its whole interval is."""
    found = promotion_return(effect(0.1, half), months=2, margin_rate=0.25, cost=100.0)
    assert found.gain < 0
    assert found.verdict == verdict


def test_shops_that_do_not_count_do_not_cost() -> None:
    """Where a fifth of the shops is left out, a fifth of the cost is."""
    found = promotion_return(effect(0.3, 0.05, left_out=5), months=2, margin_rate=0.25, cost=100.0)
    assert found.cost_counted == 80


@pytest.mark.parametrize(("margin", "cost"), [(np.nan, 100.0), (0.25, np.nan)])
def test_an_unknown_margin_or_cost_is_no_zero(margin: float, cost: float) -> None:
    """The lift is known, the return isn't."""
    found = promotion_return(effect(0.3, 0.05), months=2, margin_rate=margin, cost=cost)
    assert found.lift == 600
    assert np.isnan(found.rate)
    assert found.verdict == "no_cost"


def test_bounds_are_in_order_where_the_margin_is_below_zero() -> None:
    """Selling more at a loss loses more."""
    found = promotion_return(effect(0.3, 0.05), months=2, margin_rate=-0.1, cost=100.0)
    assert found.gain_low <= found.gain <= found.gain_high
