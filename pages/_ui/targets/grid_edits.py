"""What is typed or ticked in the grid, carried back to the working copy; what can't be is explained."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from core import numbers
from core.errors import AppError, InputError
from core.i18n import _
from core.targets.editing.grid_edit import CellAddress, set_cell, set_lock
from core.targets.editing.pivot import Pivot, with_cells
from core.targets.editing.redistribution import By, Keep
from pages._ui.targets import limits
from pages._ui.targets.grid_table import FOLLOWED, SUM, TOTAL, TYPED

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.targets.editing.constraints import CellConstraint
    from pages._ui.targets.limits import Look
    from pages._ui.targets.state import Work


def apply_typing(work: Work, bounds: Sequence[CellConstraint], view: Pivot, key: str) -> None:
    """Carry what was typed back to the plan; what can't be is explained.

    Of several cells pasted at once, each stays as pasted while the others follow.
    """
    edits: dict[Any, dict[str, Any]] = st.session_state[key]["edited_rows"]
    done = np.zeros(len(work.cells), np.bool_)
    for row, values in edits.items():
        for column, value in values.items():
            if value is None or value == "":
                continue
            spot = cell_address(view, int(row), column)
            try:
                _type(work, bounds, view, (spot, done), typed_amount(value))
                done |= spot.cells(view)
            except AppError as error:
                work.error = error
    work.generation += 1


def typed_amount(value: object) -> float:
    """Return what was typed as a number, signs and separators in whatever width; marks of cells don't count.

    Raises
    ------
    InputError
        It is no number.
    """
    text = unicodedata.normalize("NFKC", str(value)).replace("\N{MINUS SIGN}", "-")
    try:
        amount = float(text.strip(f"{TYPED}{FOLLOWED} ").replace(",", "").replace(" ", ""))
    except ValueError:
        amount = float("nan")
    if not np.isfinite(amount):
        raise InputError(_("“{text}” is no amount.", text=value), _("Write figures such as 1200 or 1,200.5."))
    return amount


def apply_ticks(work: Work, basis: Basis, view: Pivot, look: Look, key: str) -> None:
    """Lock or release what was ticked: whole rows, columns, cells, or a row's total only."""
    edits: dict[Any, dict[str, Any]] = st.session_state[key]["edited_rows"]
    for row, values in edits.items():
        for column, value in values.items():
            spot = cell_address(view, int(row), TOTAL if column == SUM else column)
            try:
                if column == SUM:
                    limits.hold_total(work, basis, look.hold(view, spot), bool(value))
                else:
                    _tick(work, view, spot, bool(value))
            except AppError as error:
                work.error = error
    work.generation += 1


def cell_address(view: Pivot, row: int, column: str) -> CellAddress:
    """Return the place that a row and a column of the table stand for; the last row is that of totals."""
    return CellAddress(None if row == len(view.rows) else row, None if column == TOTAL else int(column[1:]))


def _tick(work: Work, view: Pivot, spot: CellAddress, on: bool) -> None:
    what = _("Locked {where}") if on else _("Released {where}")
    work.become(set_lock(work.cells, view, spot, on), what.format(where=spot.name(view)))


def _type(
    work: Work,
    bounds: Sequence[CellConstraint],
    view: Pivot,
    where: tuple[CellAddress, np.ndarray[Any, np.dtype[np.bool_]]],
    value: float,
) -> None:
    """Set one place; cells that were set in the same step count as locked meanwhile."""
    spot, done = where
    amount = value * numbers.money_divisor()
    count = int(np.rint(work.plan.unit.fractions(amount)))
    how = (
        Keep(st.session_state.get("grid_keep", Keep.ROW)),
        By(st.session_state.get("grid_by", By.WEIGHT)),
    )
    own = work.cells["locked"]
    cells = work.cells.assign(locked=own.to_numpy(bool) | done)
    after = set_cell(cells, with_cells(view, cells), spot, count, how=how, bounds=bounds)
    what = _("{where} set to {amount}", where=spot.name(view), amount=numbers.money(amount))
    is_cell = spot.row is not None and spot.column is not None
    work.become(after.assign(locked=own), what, cells.index[spot.cells(view)] if is_cell else None)


def release(work: Work) -> None:
    """Release all locks, those of totals too; for callbacks."""
    work.become(work.cells.assign(locked=False), _("Released all locks"))
    limits.keep(work, tuple(hold for hold in work.holds if not hold.exact))
