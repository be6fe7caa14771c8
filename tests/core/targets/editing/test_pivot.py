"""A plan as a grid."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.editing.grid_edit import CellAddress, set_lock
from core.targets.editing.pivot import pivot, type_cell, type_total
from core.targets.editing.redistribution import By, Keep


def plan(counts: list[int], locked: list[bool] | None = None) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return a plan of 2 regions x 2 products x 2 months, and the region and month of each cell."""
    index = pd.MultiIndex.from_product([["East", "West"], ["tea", "water"], [1, 2]], names=["r", "p", "m"])
    cells = pd.DataFrame({"count": counts, "locked": locked or [False] * 8}, index=index)
    keys = index.to_frame(index=False)
    return cells, keys["r"], keys["m"]


COUNTS = [10, 20, 30, 40, 5, 5, 5, 5]


def test_a_grid_cell_is_the_sum_below_it() -> None:
    """East sells 10 + 30 in month 1 and 20 + 40 in month 2."""
    view = pivot(*plan(COUNTS))
    assert view.grid.counts.tolist() == [[40, 60], [10, 10]]
    assert view.rows.tolist() == ["East", "West"]


def test_typing_a_cell_keeps_the_row_and_shares_in_proportion() -> None:
    """East's month 1 rises from 40 to 60: tea 15 and water 45; month 2 falls to 40."""
    cells, rows, columns = plan(COUNTS)
    after = type_cell(cells, pivot(cells, rows, columns), (0, 0), 60, keep=Keep.ROW)
    assert after["count"].tolist() == [15, 13, 45, 27, 5, 5, 5, 5]


def test_a_locked_cell_below_stays() -> None:
    """With East's tea of month 1 locked at 10, water takes the whole rise."""
    cells, rows, columns = plan(COUNTS, [True] + [False] * 7)
    after = type_cell(cells, pivot(cells, rows, columns), (0, 0), 60, keep=Keep.ROW)
    assert after["count"].tolist()[:4] == [10, 13, 50, 27]


def test_locks_above_the_total_are_explained() -> None:
    """The message names the row, its locks, the total and the gap."""
    cells, rows, columns = plan(COUNTS)
    view = pivot(cells, rows, columns)
    held = set_lock(cells, view, CellAddress(0, 0), True)
    with pytest.raises(InfeasibleError, match=r"East \(1 40 yuan\) exceed its total of 30 yuan by 10 yuan"):
        type_total(held, pivot(held, rows, columns), 0, 0, 30)


def test_a_row_without_an_open_cell_takes_no_more() -> None:
    """Everything in the row is locked, so a higher total has no place."""
    cells, rows, columns = plan(COUNTS)
    held = set_lock(cells, pivot(cells, rows, columns), CellAddress(0, None), True)
    with pytest.raises(InfeasibleError, match="10 yuan of its total has no place"):
        type_total(held, pivot(held, rows, columns), 0, 0, 110)


def test_a_cell_can_not_fall_below_its_locked_parts() -> None:
    """10 of East's month 1 are locked below it."""
    cells, rows, columns = plan(COUNTS, [True] + [False] * 7)
    with pytest.raises(InfeasibleError, match="locked cells below hold 10 yuan, more than the 4 yuan"):
        type_cell(cells, pivot(cells, rows, columns), (0, 0), 4)


def test_a_total_is_spread_evenly_down_to_zero() -> None:
    """30 off East in equal parts: 15 off each month."""
    cells, rows, columns = plan(COUNTS)
    after = type_total(cells, pivot(cells, rows, columns), 0, 0, 70, by=By.EVENLY)
    assert pivot(after, rows, columns).grid.counts[0].tolist() == [25, 45]


def test_a_target_below_zero_is_refused() -> None:
    """Neither a cell nor a total is below zero."""
    cells, rows, columns = plan(COUNTS)
    view = pivot(cells, rows, columns)
    with pytest.raises(InputError):
        type_total(cells, view, 0, 0, -1)
    with pytest.raises(InputError):
        type_cell(cells, view, (0, 0), -1)


def test_cells_outside_the_grid_are_left_alone() -> None:
    """A grid of East only moves nothing of West."""
    cells, rows, columns = plan(COUNTS)
    view = pivot(cells, rows.where(rows == "East"), columns)
    after = type_total(cells, view, 0, 0, 500)
    assert after["count"].tolist()[4:] == COUNTS[4:]
    assert after["count"].sum() == 520


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=8, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.integers(0, 200),
    st.sampled_from(list(Keep)),
)
def test_whatever_is_typed_ties_and_no_lock_moves(counts, locked, typed, keep) -> None:
    """The typed cell has its count, kept totals stay, locked cells stay, nothing is below zero."""
    cells, rows, columns = plan(counts, locked)
    view = pivot(cells, rows, columns)
    try:
        after = type_cell(cells, view, (1, 0), typed, keep=keep)
    except (InfeasibleError, InputError):
        return
    grid = pivot(after, rows, columns).grid.counts
    assert grid[1, 0] == typed
    assert (after["count"] >= 0).all()
    assert (after["count"] == cells["count"])[cells["locked"]].all()
    if keep in {Keep.ROW, Keep.BOTH}:
        assert grid.sum(axis=1).tolist() == view.grid.counts.sum(axis=1).tolist()
    if keep in {Keep.COLUMN, Keep.BOTH}:
        assert grid.sum(axis=0).tolist() == view.grid.counts.sum(axis=0).tolist()
