"""What is typed or ticked in the grid, carried back to the working copy; what can't be is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import AppError
from core.i18n import _
from core.targets.panel import Panel, lock, panel, type_cell, type_total
from core.targets.spread import By, Keep
from pages._ui import numbers
from pages._ui.targets.grid_table import TOTAL

if TYPE_CHECKING:
    from pages._ui.targets.state import Work


def edited(work: Work, view: Panel, key: str, locking: bool) -> None:
    """Carry what was typed or ticked back to the plan; what can't be is explained."""
    edits: dict[Any, dict[str, Any]] = st.session_state[key]["edited_rows"]
    for row, values in edits.items():
        for column, value in values.items():
            try:
                if locking:
                    _tick(work, view, int(row), column, bool(value))
                elif value is not None:
                    _type(work, view, int(row), column, float(value))
            except AppError as error:
                work.error = error
    work.generation += 1


def _tick(work: Work, view: Panel, row: int, column: str, on: bool) -> None:
    marked = np.zeros(view.grid.locked.shape, np.bool_)
    rows = slice(None) if row == len(view.rows) else slice(row, row + 1)
    marked[rows, slice(None) if column == TOTAL else slice(int(column[1:]), int(column[1:]) + 1)] = True
    what = _("Locked {where}") if on else _("Released {where}")
    work.become(lock(work.cells, view, marked, on), what.format(where=_place(view, row, column)))


def _type(work: Work, view: Panel, row: int, column: str, value: float) -> None:
    amount = value * numbers.money_divisor()
    count = int(np.rint(work.plan.unit.fractions(amount)))
    by = By(st.session_state.get("grid_by", By.WEIGHT))
    keep = Keep(st.session_state.get("grid_keep", Keep.ROW))
    if row == len(view.rows) and column == TOTAL:
        one = panel(work.cells, _ones(view.at), pd.Series(view.at).where(view.at >= 0), unit=work.plan.unit)
        cells = type_total(work.cells, one, 0, 0, count, by=by)
    elif row == len(view.rows):
        cells = type_total(work.cells, view, 1, int(column[1:]), count, by=by)
    elif column == TOTAL:
        cells = type_total(work.cells, view, 0, row, count, by=by)
    else:
        cells = type_cell(work.cells, view, (row, int(column[1:])), count, keep=keep, by=by)
    what = _("{where} set to {amount}", where=_place(view, row, column), amount=numbers.money(amount))
    work.become(cells, what)


def _ones(at: np.ndarray[Any, np.dtype[np.int64]]) -> pd.Series:
    return pd.Series(np.where(at >= 0, _("Total"), ""), dtype="str").where(at >= 0)


def _place(view: Panel, row: int, column: str) -> str:
    rows, heads = view.grid.names.positions
    name = _("Total") if row == len(rows) else rows[row]
    return name if column == TOTAL else f"{name} · {heads[int(column[1:])]}"


def release(work: Work) -> None:
    """Release all locks; for callbacks."""
    work.become(work.cells.assign(locked=False), _("Released all locks"))
