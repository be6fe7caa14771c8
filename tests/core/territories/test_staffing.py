"""How many reps, where they live, and their managers."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from core.errors import InputError
from core.territories import (
    Balance,
    Proposal,
    areas_request,
    best_homes,
    compare_numbers,
    least_number,
    solve,
)
from core.territories.staffing import geometric_median
from tests.core.territories import world


def test_the_workload_says_how_many_reps():
    """24 units of work are 3 reps of 10, and 2 of 12."""
    units = world.grid(4, 6)
    assert least_number(units, "workload", 10) == 3
    assert least_number(units, "workload", 12) == 2
    with pytest.raises(InputError):
        least_number(units, "workload", 0)


def test_the_best_number_is_the_smallest_that_fits():
    """Of 1 to 4 territories of 24 units, 3 is the smallest with none above 9."""
    asked = world.request(world.grid(4, 6), 1, 0.1)
    search = partial(solve, iterations=4000)
    table, best = compare_numbers(asked, [4, 1, 3, 2], "workload", 9.0, search)
    assert best is not None
    assert best.request.territories == 3
    assert best.territories()["workload"].max() <= 9
    assert table["fits"].tolist() == [False, False, True, True]
    assert table["load"].tolist() == pytest.approx([24 / 9, 12 / 9, 8 / 9, 6 / 9])
    assert table["mean_km"].is_monotonic_decreasing


def test_the_capacity_narrows_a_loose_balance():
    """With a tolerance of 60 % three territories of 24 units still keep a capacity of 9 each."""
    asked = world.request(world.grid(4, 6, np.array([5, 1, 1, 1] * 6) / 2), 1, 0.6)
    table, best = compare_numbers(asked, [3], "workload", 9.0, partial(solve, iterations=20_000))
    assert table["fits"].tolist() == [True]
    assert best is not None
    assert best.territories()["workload"].max() <= 9


def test_without_a_number_that_fits_there_is_no_best():
    """One or two territories of 24 units both exceed a capacity of 9."""
    search = partial(solve, iterations=2000)
    asked = world.request(world.grid(4, 6), 1, 0.1)
    assert compare_numbers(asked, [1, 2], "workload", 9.0, search)[1] is None


def test_a_rep_lives_where_most_of_the_work_is():
    """With more than half of the weight in one place the geometric median is that place."""
    lat, lon = geometric_median(
        np.array([30.0, 30.0, 31.0]), np.array([110.0, 111.0, 110.0]), np.array([5.0, 2.0, 2.0])
    )
    assert (lat, lon) == pytest.approx((30.0, 110.0), abs=1e-4)


def test_best_homes_are_no_farther_than_the_centre():
    """From the proposed home the mean distance is at most that from the weighted centre."""
    units = world.grid(5, 6, np.random.default_rng(1).integers(1, 9, 30))
    homes = best_homes(solve(world.request(units, 3, 0.2), iterations=4000))
    assert (homes["mean_km"] <= homes["centre_km"] + 1e-6).all()


def test_managers_get_neighbouring_territories():
    """Six territories in a row make three areas of two neighbours each."""
    units = world.grid(1, 12)
    proposal = Proposal(world.request(units, 6), np.arange(12) // 2)
    areas = solve(areas_request(proposal, 3, (Balance("workload"),)), iterations=4000)
    assert np.unique(areas.territory[::2]).tolist() == [0, 1, 2]
    assert (areas.territory[::2] == areas.territory[1::2]).all()
