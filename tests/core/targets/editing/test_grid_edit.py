"""Typing into a grid over a plan that has limits."""

from __future__ import annotations

import pandas as pd
import pytest

from core.errors import InfeasibleError
from core.targets.editing.constraints import Constraint, cell_constraints
from core.targets.editing.grid_edit import CellAddress, set_cell
from core.targets.editing.pivot import Pivot, pivot, with_cells
from core.targets.editing.redistribution import By, Keep

ROW = (Keep.ROW, By.WEIGHT)


def plan(counts: list[int]) -> tuple[pd.DataFrame, pd.DataFrame, Pivot]:
    """Return a plan of 2 regions x 3 months, what is known about its cells, and the grid over it."""
    months = pd.to_datetime(["2027-01-01", "2027-02-01", "2027-03-01"])
    facts = pd.MultiIndex.from_product([["E", "W"], months], names=["region_id", "month"]).to_frame(
        index=False
    )
    cells = pd.DataFrame({"count": counts, "locked": False})
    return cells, facts, pivot(cells, facts["region_id"], facts["month"])


COUNTS = [10, 20, 30, 10, 10, 10]
MARCH = Constraint((("region", "E"), ("month", "2027-03")), None, 32)
EAST = Constraint((("region", "E"),), 60, 60)


def bounds(facts: pd.DataFrame, *holds: Constraint):
    """Return limits by the keys they are on."""
    return cell_constraints(holds, facts, {hold: " ".join(key for _d, key in hold.where) for hold in holds})


def test_siblings_stay_within_their_limits() -> None:
    """January falls to 0: February and March would get 24 and 36, but March takes 32 at most."""
    cells, facts, view = plan(COUNTS)
    after = set_cell(cells, view, CellAddress(0, 0), 0, how=ROW, bounds=bounds(facts, MARCH))
    assert after["count"].tolist() == [0, 28, 32, 10, 10, 10]


def test_a_typed_cell_beyond_its_own_limit_is_refused() -> None:
    """March is held to 32; 40 is 8 too much, and the limit is named."""
    cells, facts, view = plan(COUNTS)
    with pytest.raises(InfeasibleError, match=r"at most 32 yuan \(8 yuan\)"):
        set_cell(cells, view, CellAddress(0, 2), 40, how=ROW, bounds=bounds(facts, MARCH))


def test_a_locked_total_refuses_a_change_that_follows_and_takes_one_that_stays() -> None:
    """East's total is locked: a cell may move inside it, its total may not follow."""
    cells, facts, view = plan(COUNTS)
    held = bounds(facts, EAST)
    assert set_cell(cells, view, CellAddress(0, 0), 20, how=ROW, bounds=held)["count"].tolist()[:3] == [
        20,
        16,
        24,
    ]
    with pytest.raises(InfeasibleError, match=r"exactly 60 yuan \(5 yuan\)"):
        set_cell(cells, view, CellAddress(0, 0), 15, bounds=held)


def test_the_grand_total_goes_past_a_locked_row() -> None:
    """90 become 120: East stays at 60, West doubles."""
    cells, facts, view = plan(COUNTS)
    after = set_cell(cells, view, CellAddress(None, None), 120, bounds=bounds(facts, EAST))
    assert after["count"].tolist() == [10, 20, 30, 20, 20, 20]


def test_a_column_total_is_shared_in_proportion() -> None:
    """January falls from 20 to 10: both regions give half of theirs."""
    cells, _facts, view = plan(COUNTS)
    assert set_cell(cells, view, CellAddress(None, 0), 10)["count"].tolist() == [5, 20, 30, 5, 10, 10]


def test_a_grid_is_renewed_from_the_cells() -> None:
    """Counts and locks follow the cells, lines stay."""
    cells, _facts, view = plan(COUNTS)
    after = with_cells(view, cells.assign(count=[1, 2, 3, 4, 5, 6], locked=[True] + [False] * 5))
    assert after.grid.counts.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert after.grid.locked.tolist() == [[True, False, False], [False, False, False]]
    assert after.held.tolist() == [[1, 0, 0], [0, 0, 0]]
