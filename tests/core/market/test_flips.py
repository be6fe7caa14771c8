"""What would have to change for an answer to be another one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.market.flips import INPUTS, state_flip, target_step, zone_flip
from core.market.number_one import STATES, state
from core.market.quadrant import ZONES, Axes, Cuts, zones

AMOUNT = st.floats(1, 1e9)


def axes(growth: float, share: float) -> Axes:
    """Return one region of capacity 100."""
    one = np.array([100.0])
    return Axes(one, one / (1 + growth), one * share, np.array([growth]), np.array([share]), one)


def test_a_state_flips_at_the_nearest_line() -> None:
    """250 against 400 in range falls out below 400 / 1.7, 14.71 less; 510 against 300 loses No.1 at once."""
    change, to = state_flip(np.array([250.0, 510.0, 0.0]), np.array([400.0, 300.0, 300.0]), 1.7)
    assert change == pytest.approx([400 / 1.7 - 250 - 0.01, -0.01, 300 / 1.7])
    assert [STATES[c] for c in to] == ["out_of_range", "leading_in_range", "chasing_in_range"]


@given(AMOUNT, AMOUNT, st.floats(1.01, 3))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_change_flips_the_state_and_a_smaller_one_does_not(own: float, rival: float, k: float) -> None:
    """After the change the state is the one named, another than today's; after 99 % of it, it is today's."""
    change, to = state_flip(np.array([own]), np.array([rival]), k)
    today = state(np.array([own]), np.array([rival]), k)
    assert state(np.array([own]) + change, np.array([rival]), k) == to
    assert to != today
    if abs(change[0]) > 1 + 1e-6 * rival:
        assert state(np.array([own]) + 0.99 * change, np.array([rival]), k) == today


def test_without_a_rival_or_own_sales_nothing_flips() -> None:
    """Where a figure is missing there is no change to name."""
    change, to = state_flip(np.array([np.nan, 5.0]), np.array([1.0, np.nan]), 1.7)
    assert np.isnan(change).all()
    assert to.tolist() == [-1, -1]


@given(st.floats(-0.5, 0.5), st.floats(0.01, 0.99), st.floats(-0.2, 0.2), st.floats(0.05, 0.9))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_change_of_one_axis_leads_to_the_zone_named(
    growth: float, share: float, growth_cut: float, share_cut: float
) -> None:
    """Moved by the change named on its axis, the region stands in the zone named, another than today's."""
    cuts = Cuts(growth_cut, share_cut)
    change, by, to = zone_flip(axes(growth, share), cuts)
    moved = dict(zip(INPUTS, (growth, share), strict=True))
    moved[INPUTS[by[0]]] += change[0]
    after = zones(axes(moved["growth"], moved["share"]), cuts)
    assert ZONES[after[0]] == ZONES[to[0]]
    assert after != zones(axes(growth, share), cuts)


def test_a_region_without_a_zone_flips_nowhere() -> None:
    """Where the growth is unknown there is no zone to leave."""
    change, by, to = zone_flip(axes(np.nan, 0.2), Cuts(0.0, 0.26))
    assert np.isnan(change).all()
    assert (by.tolist(), to.tolist()) == ([-1], [-1])


def test_a_percent_of_the_rival_in_the_target() -> None:
    """Rivals standing still, 1 % of 400 at 1.7 is 6.80; in proportion less; a firm No.1 doesn't move."""
    own, rival = np.array([250.0, 250.0, 600.0]), np.array([400.0, 400.0, 300.0])
    step = target_step(own, rival, np.array([np.nan, 750.0, 400.0]), 1.7)
    before, after = 1000 * 680 / (750 + 680), 1004 * 686.8 / (754 + 686.8)
    assert step == pytest.approx([6.8, after - before, 0])
