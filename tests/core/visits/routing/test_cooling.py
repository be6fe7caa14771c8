"""The temperature over a search."""

from __future__ import annotations

import pytest

from core.visits.routing.cooling import COLD, ENOUGH_STEPS, HOT, MANY_STEPS, SHORT, WARM, Cooling


def test_a_short_search_anneals_once_from_a_lower_temperature():
    """With few steps for each visit there is one annealing, and it begins warm, not hot."""
    cooling = Cooling.for_steps(10)
    assert cooling.starts == 0
    assert cooling.temperature(0.0, 0) == pytest.approx(WARM)
    assert cooling.temperature(1.0, 0) == pytest.approx(COLD)
    assert Cooling.for_steps(MANY_STEPS).temperature(0.0, 0) == pytest.approx(HOT)


def test_a_long_search_begins_with_four_short_annealings():
    """Each takes a tenth from hot to cold; the long one begins warm."""
    cooling = Cooling.for_steps(ENOUGH_STEPS)
    assert [cooling.phase(share) for share in (0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.99)] == [
        0,
        0,
        1,
        2,
        3,
        4,
        4,
    ]
    for start in range(4):
        assert cooling.temperature(start * SHORT, start) == pytest.approx(HOT)
        assert cooling.temperature((start + 1) * SHORT, start) == pytest.approx(COLD)
    assert cooling.temperature(4 * SHORT, 4) == pytest.approx(WARM)
    assert cooling.temperature(1.0, 4) == pytest.approx(COLD)


def test_a_step_over_the_end_of_an_annealing_stays_cold():
    """A share beyond an annealing has that annealing's last temperature, not the heat of the next."""
    assert Cooling.for_steps(ENOUGH_STEPS).temperature(0.12, 0) == pytest.approx(COLD)
