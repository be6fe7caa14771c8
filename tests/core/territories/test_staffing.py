"""How many reps, where they live, and their managers."""

from __future__ import annotations

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
    asked = world.request(world.grid(4, 6), 1)
    assert least_number(asked, "workload", 10) == 3
    assert least_number(asked, "workload", 12) == 2
    with pytest.raises(InputError):
        least_number(asked, "workload", 0)


def test_the_best_number_is_the_smallest_that_fits():
    """Of 1 to 4 territories of 24 units, 3 is the smallest with none above 9."""
    asked = world.request(world.grid(4, 6), 1, 0.1)
    table = compare_numbers(asked, [1, 2, 3, 4], "workload", 9.0, iterations=4000)
    assert table.loc[table["best"], "territories"].tolist() == [3]
    assert table["load"].tolist() == pytest.approx([24 / 9, 12 / 9, 8 / 9, 6 / 9])
    assert table["mean_km"].is_monotonic_decreasing


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
