"""Editing one cell and spreading the change."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.editing.redistribution import By, Grid, Keep, change_cell
from core.targets.fitting.cross_table import Names
from core.targets.units import Unit

NAMES = Names((("East", "West"), ("Jan", "Feb", "Mar")), Unit(Decimal(1)))


def grid() -> Grid:
    """Return two regions x three months, with one lock."""
    locked = np.zeros((2, 3), dtype=bool)
    locked[0, 2] = True
    return Grid(np.array([[100, 200, 300], [400, 500, 600]]), locked, NAMES)


def test_without_spreading_only_the_cell_changes() -> None:
    """The parent takes the change."""
    changed = change_cell(grid(), (0, 0), 150)
    assert changed.counts.tolist() == [[150, 200, 300], [400, 500, 600]]
    assert grid().counts[0, 0] == 100


def test_row_is_kept_by_its_open_cells() -> None:
    """February alone gives what January takes; locked March does not move."""
    assert change_cell(grid(), (0, 0), 150, keep=Keep.ROW).counts[0].tolist() == [150, 150, 300]


def test_column_is_kept() -> None:
    """The other region gives, in proportion to what it has or evenly."""
    assert change_cell(grid(), (0, 0), 150, keep=Keep.COLUMN).counts[:, 0].tolist() == [150, 350]


def test_by_weight_and_evenly() -> None:
    """West's February gives 90 to 500:600 as 41:49, or 45 each."""
    by_weight = change_cell(grid(), (1, 0), 490, keep=Keep.ROW)
    evenly = change_cell(grid(), (1, 0), 490, keep=Keep.ROW, by=By.EVENLY)
    assert by_weight.counts[1].tolist() == [490, 459, 551]
    assert evenly.counts[1].tolist() == [490, 455, 555]


def test_both_totals_are_kept() -> None:
    """Rows and columns keep their sums, the lock stays, the edited cell has its count."""
    changed = change_cell(grid(), (0, 0), 150, keep=Keep.BOTH)
    assert changed.counts.tolist() == [[150, 150, 300], [350, 550, 600]]


@pytest.mark.parametrize(
    ("cell", "count", "keep", "error", "message"),
    [
        ((0, 2), 1, Keep.ROW, InputError, "East / Mar is locked"),
        ((0, 0), -1, Keep.ROW, InputError, "zero or more"),
        ((0, 0), 301, Keep.ROW, InfeasibleError, "hold 200 yuan; they can't give 201 yuan"),
        ((0, 0), 301, Keep.BOTH, InfeasibleError, "by 1 yuan"),
    ],
)
def test_impossible_edits_are_refused(
    cell: tuple[int, int], count: int, keep: Keep, error: type[Exception], message: str
) -> None:
    """The planner reads why, and nothing changes."""
    with pytest.raises(error, match=message):
        change_cell(grid(), cell, count, keep=keep)


@given(st.integers(0, 10**6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_totals_asked_for_stay_and_locks_never_move(number: int) -> None:
    """Whatever is edited, the totals kept are the same and locked cells are where they were."""
    random = np.random.default_rng(number)
    counts = random.integers(0, 30, (3, 4))
    before = Grid(counts, random.random((3, 4)) < 0.3)
    cell = tuple(int(random.integers(n)) for n in (3, 4))
    keep = list(Keep)[random.integers(4)]
    if before.locked[cell]:
        before.locked[cell] = False
    try:
        after = change_cell(
            before, cell, int(random.integers(0, 40)), keep=keep, by=list(By)[random.integers(2)]
        )
    except InfeasibleError:
        return
    assert (after.counts[before.locked] == counts[before.locked]).all()
    assert (after.counts >= 0).all()
    if keep in {Keep.ROW, Keep.BOTH}:
        assert (after.counts.sum(axis=1) == counts.sum(axis=1)).all()
    if keep in {Keep.COLUMN, Keep.BOTH}:
        assert (after.counts.sum(axis=0) == counts.sum(axis=0)).all()
