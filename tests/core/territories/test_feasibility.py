"""Wishes that can't be met are refused with the unit, the rule and what would fit."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InfeasibleError
from core.territories import Units, Upheaval, solve
from core.territories.shortfall import say_outside
from tests.core.territories import world


def refusal(asked):
    with pytest.raises(InfeasibleError) as caught:
        solve(asked, iterations=2000)
    return caught.value


def islands(*amounts):
    """Return rows of units with a gap of water between them."""
    rows = [world.grid(1, len(row), row, lat=30.0 + n) for n, row in enumerate(amounts)]
    shift = np.cumsum([0, *(len(row) for row in rows)])
    return Units(
        tuple(f"{n}{unit}" for n, row in enumerate(rows) for unit in row.ids),
        np.concatenate([row.lat for row in rows]),
        np.concatenate([row.lon for row in rows]),
        np.concatenate([row.weight for row in rows]),
        {"workload": np.concatenate([row.weight for row in rows])},
        np.concatenate([row.pairs + n for row, n in zip(rows, shift[:-1], strict=True)]),
    )


def test_a_unit_too_large_for_any_territory_is_named():
    """One unit with 60 % of the whole doesn't fit into one of three territories; one would fit."""
    error = refusal(world.request(world.grid(2, 3, [12, 2, 2, 2, 1, 1]), 3))
    assert "u00 alone has 60.0% of all workload; a territory may have at most 35.0%" in error.message
    assert "At most 1 territory would fit, or a tolerance of 80.0%" in error.hint


def test_an_island_too_small_for_a_territory_is_named():
    """A lone unit with a quarter of a territory is refused with the pair that would join it."""
    error = refusal(world.request(islands([1, 1, 1, 1, 1, 1, 1], [1]), 2))
    assert "1u00" in error.message
    assert "Add the pair 1u00 and 0u00" in error.hint


def test_islands_that_are_whole_territories_are_no_obstacle():
    """Two islands of 4 and 8 units make one and two territories."""
    asked = world.request(islands([1] * 4, [1] * 8), 3)
    proposal = solve(asked, iterations=2000)
    assert world.in_bounds(asked, proposal.territory)
    assert world.whole(asked.units, proposal.territory)


def test_islands_tell_how_many_territories_they_make():
    """Islands of 3 and 9 units make 4 territories, not 3, within 10 %."""
    error = refusal(world.request(islands([1] * 3, [1] * 9), 3, 0.1))
    assert "0.75" in error.message or "not 3" in error.message


def test_locks_beyond_the_bounds_are_named():
    """A territory whose locked units are twice its size is refused."""
    units = world.grid(2, 4)
    today = np.array([0, 0, 0, 1] * 2)
    error = refusal(world.request(units, 2, upheaval=Upheaval(today, locked=np.full(8, True))))
    assert "The locked units of territory 0 have 150.0% of its wanted workload." in error.message


def test_a_closed_territory_out_of_bounds_is_named():
    """A territory that may not change has to be in balance already."""
    units = world.grid(2, 4)
    today = np.array([0, 0, 0, 1] * 2)
    error = refusal(world.request(units, 2, upheaval=Upheaval(today, closed=frozenset({1}))))
    assert "Territory 1 may not change but has 50.0% of its wanted workload." in error.message


def test_lumps_are_refused_with_the_tolerance_that_fits():
    """Units of 3, 3 and 4 make no two territories within 5 %; the nearest are 40 % and 60 % of the whole."""
    error = refusal(world.request(world.grid(1, 3, [3, 3, 4]), 2))
    assert "No design within ±5.0% of workload was found" in error.message
    assert "A tolerance of 20.0% fits" in error.hint


def test_a_hair_outside_shows_as_outside():
    """At ±4.5 % a total of 104.504 % isn't said as 104.5 %, and one of 94.9 % keeps one decimal."""
    assert say_outside(1.04504, 0.045) == "104.504%"
    assert say_outside(0.9494, 0.045) == "94.9%"
