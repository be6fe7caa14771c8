"""A plan seen as a grid of two of its dimensions, and what is typed there carried back to its cells.

A cell of the grid sums all cells of the plan below it. It is locked when all of them are. What is typed in
the grid is shared among the cells below in proportion to what they hold, around those that are locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.targets.cascade import NO_BOUND
from core.targets.editing.redistribution import By, Grid, Keep, change_cell
from core.targets.fitting.cross_table import Names
from core.targets.fitting.rounding import apportion
from core.targets.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.targets.arrays import Booleans, Integers

_SHOWN = 3


@dataclass(frozen=True)
class Pivot:
    """A grid over a plan's cells.

    Parameters
    ----------
    rows, columns
        What the lines stand for, sorted.
    at
        Grid cell of each cell of the plan: row x number of columns + column; -1 outside the grid.
    held
        Counts of the locked cells below each grid cell.
    """

    rows: pd.Index
    columns: pd.Index
    at: Integers
    grid: Grid
    held: Integers

    def position(self, row: object, column: object) -> tuple[int, int]:
        """Return where a row and a column cross."""
        return int(self.rows.get_loc(row)), int(self.columns.get_loc(column))


def pivot(
    cells: pd.DataFrame,
    row_of: pd.Series,
    column_of: pd.Series,
    *,
    names: tuple[Mapping[object, str], Mapping[object, str]] | None = None,
    unit: Unit | None = None,
) -> Pivot:
    """Sum a plan's cells to a grid.

    Parameters
    ----------
    cells
        count and locked.
    row_of, column_of
        Row and column of each cell, in their order; missing leaves the cell outside the grid.
    names
        Names of rows and columns, for messages.
    unit
        Unit of the counts, for messages.
    """
    row, rows = pd.factorize(row_of, sort=True)
    column, columns = pd.factorize(column_of, sort=True)
    inside = (row >= 0) & (column >= 0)
    at = np.where(inside, row * len(columns) + column, -1).astype(np.int64)
    labels = names or ({}, {})
    positions = tuple(
        tuple(str(known.get(key, key)) for key in keys)
        for known, keys in zip(labels, (rows, columns), strict=True)
    )
    lines = (pd.Index(rows), pd.Index(columns))
    return _summed(cells, at, lines, Names(positions, unit or Unit()))


def with_cells(view: Pivot, cells: pd.DataFrame) -> Pivot:
    """Return the same grid over the cells as they are now."""
    return _summed(cells, view.at, (view.rows, view.columns), view.grid.names)


def _summed(cells: pd.DataFrame, at: Integers, lines: tuple[pd.Index, pd.Index], names: Names) -> Pivot:
    shape = (len(lines[0]), len(lines[1]))
    size, inside = shape[0] * shape[1], at >= 0
    count, locked = cells["count"].to_numpy(np.int64), cells["locked"].to_numpy(bool)
    counts = _sum(at[inside], count[inside], size)
    held = _sum(at[inside & locked], count[inside & locked], size)
    parts = np.bincount(at[inside], minlength=size)
    locks = (np.bincount(at[inside & locked], minlength=size) == parts) & (parts > 0)
    grid = Grid(counts.reshape(shape), locks.reshape(shape), names)
    return Pivot(lines[0], lines[1], at, grid, held.reshape(shape))


def _sum(codes: Integers, values: Integers, size: int) -> Integers:
    # np.bincount would add binary fractions.
    total = np.zeros(size, np.int64)
    np.add.at(total, codes, values)
    return total


def type_cell(
    cells: pd.DataFrame,
    view: Pivot,
    cell: tuple[int, int],
    count: int,
    *,
    keep: Keep = Keep.NONE,
    by: By = By.WEIGHT,
) -> pd.DataFrame:
    """Set one cell of the grid; see :func:`core.targets.editing.redistribution.change_cell`.

    Returns
    -------
    DataFrame
        The plan's cells after it; locked ones have not moved.

    Raises
    ------
    InputError, InfeasibleError
        The cell is locked, or the open cells can't take the difference; the message says which and how much.
    """
    return _carried_back(cells, view, change_cell(view.grid, cell, count, keep=keep, by=by).counts)


def type_total(
    cells: pd.DataFrame, view: Pivot, axis: int, position: int, total: int, *, by: By = By.WEIGHT
) -> pd.DataFrame:
    """Set the total of a row (axis 0) or a column (axis 1); its open cells take the difference.

    Raises
    ------
    InfeasibleError
        The locks hold more than the total, or nothing is open to take it.
    """
    line = (position, slice(None)) if axis == 0 else (slice(None), position)
    before, locked = view.grid.counts[line], view.grid.locked[line]
    least = view.held[line]
    _refuse_line(view, axis, position, total)
    counts = view.grid.counts.copy()
    lower = np.where(locked, before, least)
    upper = np.where(locked, before, NO_BOUND)
    if by is By.WEIGHT or total == before.sum():
        weights = before.astype(np.float64) if (before[~locked] > 0).any() else np.ones(before.size)
        counts[line] = apportion(total, weights, lower=lower, upper=upper)
    else:
        counts[line] = _evenly(before, locked, total, least)
    return _carried_back(cells, view, counts)


def _evenly(before: Integers, locked: Booleans, total: int, least: Integers) -> Integers:
    """Spread the difference in equal parts over the open cells, down to what they must hold."""
    change = total - int(before.sum())
    room = np.where(locked, 0, NO_BOUND if change > 0 else before - least)
    step = apportion(abs(change), np.where(locked, 0.0, 1.0), upper=room)
    return np.asarray(before + np.sign(change) * step, dtype=np.int64)


def _refuse_line(view: Pivot, axis: int, position: int, total: int) -> None:
    grid, names = view.grid, view.grid.names
    line = (position, slice(None)) if axis == 0 else (slice(None), position)
    held, locked = view.held[line], grid.locked[line]
    if total < 0:
        raise InputError(_("A target is zero or more; {count} was given.", count=total))
    gap = int(held.sum()) - total
    if gap > 0:
        largest = [int(i) for i in np.argsort(-held, kind="stable")[:_SHOWN] if held[i] > 0]
        shown = _("; ").join(f"{names.at(1 - axis, i)} {names.unit.text(held[i])}" for i in largest)
        more = _("; ") + "…" if (held > 0).sum() > _SHOWN else ""
        raise InfeasibleError(
            _("The locks in {name} ({cells}) exceed its total of {total} by {gap}.",
              name=names.at(axis, position), cells=shown + more, total=names.unit.text(total),
              gap=names.unit.text(gap)),
            _("Release a lock, or raise the total."),
        )  # fmt: skip
    if locked.all() and gap < 0:
        raise InfeasibleError(
            _("Everything in {name} is locked; {gap} of its total has no place.",
              name=names.at(axis, position), gap=names.unit.text(-gap)),
            _("Release a lock, or lower the total."),
        )  # fmt: skip


def _carried_back(cells: pd.DataFrame, view: Pivot, counts: Integers) -> pd.DataFrame:
    """Share every changed cell of the grid among the plan's cells below it."""
    changed = (counts != view.grid.counts).ravel()
    short = changed & (counts < view.held).ravel()
    if short.any():
        where = np.unravel_index(int(np.argmax(short)), counts.shape)
        names = view.grid.names
        raise InfeasibleError(
            _("{cell}: locked cells below hold {held}, more than the {count} it is to have.",
              cell=names.cell((int(where[0]), int(where[1])), (0, 1)),
              held=names.unit.text(view.held[where]), count=names.unit.text(counts[where])),
            _("Release these locks in the view by region, category or rep that shows them."),
        )  # fmt: skip
    below = np.flatnonzero((view.at >= 0) & changed[view.at])
    if not below.size:
        return cells
    codes, groups = np.unique(view.at[below], return_inverse=True)
    before = cells["count"].to_numpy(np.int64)[below]
    locked = cells["locked"].to_numpy(bool)[below]
    empty = np.bincount(groups, np.where(locked, 0, before)) == 0
    after = apportion(
        counts.ravel()[codes],
        np.where(empty[groups], 1.0, before),
        groups=groups,
        lower=np.where(locked, before, 0),
        upper=np.where(locked, before, NO_BOUND),
    )
    result = cells["count"].to_numpy(np.int64).copy()
    result[below] = after
    return cells.assign(count=result)
