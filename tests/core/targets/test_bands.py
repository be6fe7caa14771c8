"""Bringing counts into bands: as many rules as possible, the least movement, whole counts."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.targets.bands import Band, bring_into_bands

# Four parts: two regions of two reps each.
REGIONS, REPS = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
NONE = np.full(4, np.inf)


def band(groups: np.ndarray, lower: list[float], upper: list[float]) -> Band:
    """Return a band."""
    return Band(groups, np.array(lower, dtype=float), np.array(upper, dtype=float))


def settle(counts: list[int], rules: dict, least: int = 0) -> tuple[list[int], dict[str, float]]:
    """Return the counts in their bands, and what can't be kept."""
    found = bring_into_bands(np.array(counts), rules, least=np.full(4, least), most=NONE)
    return found.counts.tolist(), found.outside


def test_a_plan_within_its_bands_stays_as_it_is() -> None:
    """Nothing moves where nothing has to."""
    rules = {"cap": [band(REGIONS, [0, 0], [20, 20])]}
    assert settle([5, 5, 5, 5], rules) == ([5, 5, 5, 5], {})


def test_what_is_above_a_cap_goes_to_where_there_is_room() -> None:
    """Region 0 has 30 and a cap of 20: ten go to region 1, five to each rep's part, as they are as large."""
    rules = {"cap": [band(REGIONS, [0, 0], [20, 40])], "reps": [band(REPS, [0, 0], [25, 25])]}
    counts, outside = settle([15, 15, 10, 10], rules)
    assert outside == {}
    assert counts[0] + counts[1] == 20
    assert sum(counts[2:]) == 30
    assert sorted([counts[0] + counts[2], counts[1] + counts[3]]) == [25, 25]


def test_a_rule_that_can_not_be_kept_says_by_how_much() -> None:
    """Caps of 10 and 20 leave 10 of 40 without room; the later rule is kept all the same."""
    rules = {"cap": [band(REGIONS, [0, 0], [10, 20])], "reps": [band(REPS, [0, 0], [20, 20])]}
    counts, outside = settle([15, 15, 5, 5], rules)
    assert outside == {"cap": 10}
    assert counts[0] + counts[2] == counts[1] + counts[3] == 20
    assert max(0, counts[0] + counts[1] - 10) + max(0, counts[2] + counts[3] - 20) == 10


def test_a_part_keeps_what_is_held() -> None:
    """With 6 of each part held, a cap of 10 on region 0 is missed by two."""
    counts, outside = settle([8, 8, 8, 8], {"cap": [band(REGIONS, [0, 0], [10, 99])]}, least=6)
    assert outside == {"cap": 2}
    assert counts[:2] == [6, 6]


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 5), min_size=4, max_size=4),
    caps=st.lists(st.integers(0, 8), min_size=2, max_size=2),
    floors=st.lists(st.integers(0, 6), min_size=2, max_size=2),
)
def test_no_other_counts_keep_more(counts: list[int], caps: list[int], floors: list[int]) -> None:
    """Of all counts with the total, none has less outside the first rule, nor, keeping it, the second."""
    cap, floor = band(REGIONS, [0, 0], caps), band(REPS, floors, [np.inf, np.inf])
    found = bring_into_bands(np.array(counts), {"cap": [cap], "floor": [floor]}, least=np.zeros(4), most=NONE)
    assert found.counts.sum() == sum(counts)
    assert (found.counts >= 0).all()
    every = [c for c in product(range(sum(counts) + 1), repeat=4) if sum(c) == sum(counts)]
    least = min(cap.outside(np.array(c)) for c in every)
    assert found.outside.get("cap", 0) == least
    among = [c for c in every if cap.outside(np.array(c)) == 0] or every
    assert found.outside.get("floor", 0) == min(floor.outside(np.array(c)) for c in among)
