"""Totals after cells were changed elsewhere."""

from __future__ import annotations

import pandas as pd
import pytest

from core.errors import InfeasibleError
from core.targets.editing.rescale import rescale_to_total
from core.targets.units import Unit

INDEX = pd.MultiIndex.from_product([["East", "West"], [1, 2, 3]], names=["region", "month"])


def cells(counts: list[int], locked: list[bool] | None = None) -> pd.DataFrame:
    """Return 2 regions x 3 months."""
    return pd.DataFrame({"count": counts, "locked": locked or [False] * 6}, index=INDEX)


def test_the_others_of_the_region_take_the_difference() -> None:
    """East's month 1 rises by 6: months 2 and 3 give 2 and 4, in proportion; West stays."""
    after = rescale_to_total(
        cells([10, 10, 20, 5, 5, 5]), cells([16, 10, 20, 5, 5, 5]), within=["region"], unit=Unit()
    )
    assert after["count"].tolist() == [16, 8, 16, 5, 5, 5]


def test_the_whole_plan_takes_the_difference() -> None:
    """5 more in one cell come off all the others; the total of 55 stays."""
    after = rescale_to_total(
        cells([10, 10, 20, 5, 5, 5]), cells([15, 10, 20, 5, 5, 5]), within=[], unit=Unit()
    )
    assert after["count"].sum() == 55
    assert after["count"].iloc[0] == 15


def test_locked_cells_take_nothing() -> None:
    """With month 2 locked, month 3 gives all 6."""
    locks = [False, True, False, False, False, False]
    before, edited = cells([10, 10, 20, 5, 5, 5], locks), cells([16, 10, 20, 5, 5, 5], locks)
    assert rescale_to_total(before, edited, within=["region"], unit=Unit())["count"].tolist()[:3] == [
        16,
        10,
        14,
    ]


def test_a_difference_that_nothing_open_can_take_is_refused() -> None:
    """East's 40 can't hold a cell of 50."""
    before = cells([10, 10, 20, 5, 5, 5])
    with pytest.raises(InfeasibleError, match="miss a total by 10 yuan"):
        rescale_to_total(before, cells([50, 10, 20, 5, 5, 5]), within=["region"], unit=Unit())
