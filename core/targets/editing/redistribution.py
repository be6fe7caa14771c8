"""Change one cell of a grid and spread the change over its open neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable, Names
from core.targets.fitting.ipf import Margin
from core.targets.fitting.rounding import apportion

if TYPE_CHECKING:
    from core.targets.arrays import Booleans, Integers


class Keep(StrEnum):
    """Which totals stay when a cell changes."""

    ROW = "row"
    COLUMN = "column"
    BOTH = "both"
    NONE = "none"


class By(StrEnum):
    """How a change is spread over the open siblings."""

    WEIGHT = "weight"
    EVENLY = "evenly"


@dataclass(frozen=True)
class Grid:
    """Counts that a planner edits.

    Parameters
    ----------
    counts
        Whole units (rows x columns).
    locked
        Cells that must not move.
    names
        What rows, columns and the unit are called in messages.
    """

    counts: Integers
    locked: Booleans
    names: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        if self.counts.ndim != 2 or self.counts.shape != self.locked.shape or (self.counts < 0).any():
            raise InputError(_("A grid has rows and columns of counts from zero up, and as many locks."))


def change_cell(
    grid: Grid, cell: tuple[int, int], count: int, *, keep: Keep = Keep.NONE, by: By = By.WEIGHT
) -> Grid:
    """Set a cell and let its open siblings take the difference.

    Parameters
    ----------
    grid
        The grid; it is not changed.
    count
        New count, zero or more.
    keep
        The totals that stay: the row's, the column's, both, or none, so that the parents change.
    by
        Whether siblings take the difference in proportion to what they have, or evenly. With both
        totals kept it is always in proportion.

    Returns
    -------
    Grid
        New counts. Locked cells have not moved and the totals asked for are the same, to the unit.

    Raises
    ------
    InputError
        The cell is locked, or the count is negative.
    InfeasibleError
        The open siblings can't take the difference.
    """
    if count < 0:
        raise InputError(_("A target is zero or more; {count} was given.", count=grid.names.unit.text(count)))
    if grid.locked[cell]:
        raise InputError(
            _("{cell} is locked.", cell=grid.names.cell(cell, (0, 1))), _("Release the lock first.")
        )
    if keep is Keep.BOTH:
        return replace(grid, counts=_refitted(grid, cell, count))
    counts = grid.counts.copy()
    counts[cell] = count
    if keep is not Keep.NONE:
        line = (cell[0], slice(None)) if keep is Keep.ROW else (slice(None), cell[1])
        siblings = ~grid.locked[line]
        siblings[cell[1] if keep is Keep.ROW else cell[0]] = False
        counts[line] = _spread(grid, counts[line], siblings, count - int(grid.counts[cell]), by)
    return replace(grid, counts=counts)


def _spread(grid: Grid, line: Integers, siblings: Booleans, change: int, by: By) -> Integers:
    """Take a change off the open siblings of a row or column."""
    before = line[siblings]
    room = int(before.sum())
    if change > room or (change < 0 and not before.size):
        unit = grid.names.unit
        raise InfeasibleError(
            _("The open siblings hold {room}; they can't give {change}.", room=unit.text(room),
              change=unit.text(change))
            if change > 0
            else _("There is no open sibling to take {change}.", change=unit.text(-change)),
            _("Release a lock, or let the parent change."),
        )  # fmt: skip
    weights = np.ones(before.size) if by is By.EVENLY or not room else before.astype(np.float64)
    result = line.copy()
    if by is By.WEIGHT:
        result[siblings] = apportion(room - change, weights)
    elif change > 0:
        result[siblings] = before - apportion(change, weights, upper=before)
    else:
        result[siblings] = before + apportion(-change, weights)
    return result


def _refitted(grid: Grid, cell: tuple[int, int], count: int) -> Integers:
    """Refit the grid with the cell locked at its new count and all totals kept."""
    locked = grid.locked.copy()
    locked[cell] = True
    held = grid.counts.copy()
    held[cell] = count
    margins = (Margin((0,), grid.counts.sum(axis=1)), Margin((1,), grid.counts.sum(axis=0)))
    table = CrossTable(grid.counts.astype(np.float64), margins, locked=locked, held=held, names=grid.names)
    return allocate(table)
