"""What a planner types into a grid over a plan: a cell or a total, within the limits that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import _
from core.targets.editing.constraints import CellConstraint, settle
from core.targets.editing.pivot import Pivot, pivot, type_cell, type_total
from core.targets.editing.redistribution import By, Keep

if TYPE_CHECKING:
    from core.targets.arrays import Booleans


@dataclass(frozen=True)
class CellAddress:
    """A place in a grid.

    Parameters
    ----------
    row, column
        Positions; None for the total over them.
    """

    row: int | None
    column: int | None

    def cells(self, view: Pivot) -> Booleans:
        """Return which cells of the plan lie below it."""
        width = len(view.columns)
        below = view.at >= 0
        if self.row is not None:
            below = below & (view.at // width == self.row)
        if self.column is not None:
            below = below & (view.at % width == self.column)
        return np.asarray(below)

    def name(self, view: Pivot) -> str:
        """Return what it is called."""
        names = view.grid.names
        row = _("Total") if self.row is None else names.at(0, self.row)
        return row if self.column is None else f"{row} · {names.at(1, self.column)}"


def set_cell(
    cells: pd.DataFrame,
    view: Pivot,
    spot: CellAddress,
    count: int,
    *,
    how: tuple[Keep, By] = (Keep.NONE, By.WEIGHT),
    bounds: Sequence[CellConstraint] = (),
) -> pd.DataFrame:
    """Set a cell or a total of the grid.

    Parameters
    ----------
    cells
        The plan: count and locked.
    spot
        What is set.
    count
        Whole units.
    how
        Which totals stay when a cell changes, and how its siblings take the difference.
    bounds
        The limits that stand. Where the difference would break one, the open cells of the line that takes
        it are brought within all of them.

    Returns
    -------
    DataFrame
        The plan's cells after it.

    Raises
    ------
    InputError, InfeasibleError
        Locks or limits stand against it; the message says which and by how much.
    """
    keep, by = how
    unit = view.grid.names.unit
    below = spot.cells(view)
    asked = [CellConstraint(below, count, count, spot.name(view), firm=True)]
    movable = below
    if spot.row is None and spot.column is None:
        everything = pd.Series(np.where(below, _("Total"), ""), dtype="str").where(below)
        one = pivot(cells, everything, everything, unit=unit)
        after = type_total(cells, one, 0, 0, count, by=by)
    elif spot.row is None or spot.column is None:
        axis, position = (1, spot.column) if spot.row is None else (0, spot.row)
        after = type_total(cells, view, axis, position or 0, count, by=by)
    else:
        after = type_cell(cells, view, (spot.row, spot.column), count, keep=keep, by=by)
        if keep in {Keep.ROW, Keep.COLUMN}:
            line = CellAddress(spot.row, None) if keep is Keep.ROW else CellAddress(None, spot.column)
            movable = line.cells(view)
            total = int(cells["count"].to_numpy(np.int64)[movable].sum())
            asked.append(CellConstraint(movable, total, total, line.name(view), firm=True))
    return settle(after, [*bounds, *asked], unit, movable=movable)


def set_lock(cells: pd.DataFrame, view: Pivot, spot: CellAddress, on: bool) -> pd.DataFrame:
    """Lock or release all cells of the plan below a place of the grid."""
    return cells.assign(locked=np.where(spot.cells(view), on, cells["locked"].to_numpy(bool)))
