"""Limits on parts of the plan: at least, at most, or a total that stays, set where the grid shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _
from core.reports.plans.constraints import PARAMETER, constraint_name, plan_constraints
from core.targets.editing.constraints import (
    MONTH,
    REGION,
    CellConstraint,
    Constraint,
    as_values,
    broken_constraints,
    settle,
    with_constraint,
)
from core.targets.editing.grid_edit import CellAddress
from pages._ui.language import in_language
from pages._ui.targets import state

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.targets.editing.pivot import Pivot
    from pages._ui.targets.state import Work

ROW_HEIGHT, MOST_ROWS = 35, 13
WHOLE = "whole"


@dataclass(frozen=True)
class Look:
    """Which grid is shown.

    Parameters
    ----------
    rows, columns
        Columns of the facts: a region level, ``owner_id``, ``category`` or ``item`` down the side; ``month``,
        ``category`` or ``item`` across.
    within
        Region above the rows; empty for all.
    """

    rows: str
    columns: str
    within: str

    def hold(self, view: Pivot, spot: CellAddress) -> Constraint:
        """Return a limit without bounds on a place of the grid."""
        of_regions = self.rows.startswith("region_")
        where = []
        if self.within and (spot.row is None or not of_regions):
            where.append((REGION, self.within))
        if spot.row is not None:
            where.append((REGION if of_regions else self.rows, str(view.rows[spot.row])))
        if spot.column is not None:
            key = view.columns[spot.column]
            month = self.columns == MONTH
            where.append((self.columns, f"{pd.Timestamp(key):%Y-%m}" if month else str(key)))
        # In one order, so that another grid over the same part finds the same limit.
        return Constraint(
            tuple(sorted(where, key=lambda pair: (pair[0] != REGION, pair[0] == MONTH, pair[0])))
        )


def bounds_now(work: Work, basis: Basis, facts: pd.DataFrame) -> list[CellConstraint]:
    """Return the limits of the working copy on its cells."""
    return plan_constraints(work.holds, facts, basis)


def render_limits(work: Work, basis: Basis, view: Pivot, look: Look) -> None:
    """Show the limits of one column of the grid, or of whole rows, to be typed."""
    heads = view.grid.names.positions[1]
    names = {WHOLE: _("Whole row")} | {str(n): head for n, head in enumerate(heads)}
    with st.container(horizontal=True, vertical_alignment="center", key="limit_bar", gap="small"):
        chosen = st.selectbox(
            _("Limits of"), list(names), format_func=lambda code: names.get(code, code), key="limit_column",
            label_visibility="collapsed", width=170,
        )  # fmt: skip
        st.caption(_("Empty is no limit. The parts without a limit take the difference; the total stays."))
    column = None if chosen == WHOLE else int(chosen)
    unit = numbers.money_unit()
    key = f"limits_{work.plan.plan_id}_{work.generation}_{look.rows}_{look.columns}_{look.within}_{chosen}"
    table = _table(work, view, look, column)

    def number(label: str) -> Any:  # noqa: ANN401 - Streamlit's own type is private
        return st.column_config.NumberColumn(
            numbers.heading(label, unit), format="accounting", min_value=0.0, width=130
        )

    st.data_editor(
        table, key=key, hide_index=True, height=ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3,
        disabled=not work.plan.editable or ["name", "now"], placeholder="",
        column_config={
            "name": st.column_config.TextColumn(_("Name"), pinned=True, width=160),
            "now": number(_("Target")),
            "lower": number(_("At least")),
            "upper": number(_("At most")),
        },
        on_change=in_language(_edited), args=(work, basis, view, look, column, key),
    )  # fmt: skip


def _table(work: Work, view: Pivot, look: Look, column: int | None) -> pd.DataFrame:
    counts = view.grid.counts.sum(axis=1) if column is None else view.grid.counts[:, column]
    known = {hold.where: hold for hold in work.holds}
    spots = [*(CellAddress(row, column) for row in range(len(view.rows))), CellAddress(None, column)]
    holds = [known.get(look.hold(view, spot).where) for spot in spots]
    amounts = work.plan.unit.amounts(np.append(counts, counts.sum())) / numbers.money_divisor()
    return pd.DataFrame(
        {
            "name": [*view.grid.names.positions[0], _("Total")],
            "now": amounts.round(4),
            "lower": [_amount(work, hold.lower if hold else None) for hold in holds],
            "upper": [_amount(work, hold.upper if hold else None) for hold in holds],
        }
    ).astype({"lower": "float64", "upper": "float64"})


def _amount(work: Work, count: int | None) -> float:
    """Return a bound in the unit of the screen; NaN where there is none."""
    if count is None:
        return np.nan
    return round(float(work.plan.unit.amounts(count)) / numbers.money_divisor(), 4)


def _count(work: Work, amount: float) -> int:
    return int(np.rint(work.plan.unit.fractions(amount * numbers.money_divisor())))


def _edited(work: Work, basis: Basis, view: Pivot, look: Look, column: int | None, key: str) -> None:
    edits: dict[Any, dict[str, Any]] = st.session_state[key]["edited_rows"]
    known = {hold.where: hold for hold in work.holds}
    for row, values in edits.items():
        spot = CellAddress(None if int(row) == len(view.rows) else int(row), column)
        hold = look.hold(view, spot)
        hold = known.get(hold.where, hold)
        try:
            for name, value in values.items():
                count = None if value is None else _count(work, float(value))
                hold = replace(hold, lower=count) if name == "lower" else replace(hold, upper=count)
            _put(work, basis, hold)
        except AppError as error:
            work.error = error
    work.generation += 1


def hold_total(work: Work, basis: Basis, hold: Constraint, on: bool) -> None:
    """Lock the total of a part at what it has while its cells may move, or release it."""
    inside = hold.members(state.facts(work, basis))
    count = int(work.cells["count"].to_numpy(np.int64)[inside].sum()) if on else None
    _put(work, basis, replace(hold, lower=count, upper=count))


def _put(work: Work, basis: Basis, hold: Constraint) -> None:
    """Set a limit and bring the plan within it; its total stays, unless the limit is on that."""
    holds = with_constraint(work.holds, hold)
    _settle(
        work, basis, holds, _("Limits of {where}", where=constraint_name(hold, basis)), free=not hold.where
    )
    keep(work, holds)


def _settle(work: Work, basis: Basis, holds: Sequence[Constraint], what: str, *, free: bool = False) -> None:
    bounds = plan_constraints(tuple(holds), state.facts(work, basis), basis)
    if not free:
        total = int(work.cells["count"].sum())
        every = np.ones(len(work.cells), np.bool_)
        bounds.append(CellConstraint(every, total, total, _("Whole plan"), firm=True))
    work.become(settle(work.cells, bounds, work.plan.unit), what)


def keep(work: Work, holds: Sequence[Constraint]) -> None:
    """Make these the limits of the working copy; they are saved with it."""
    if tuple(holds) != work.holds:
        state.settle(work, {PARAMETER: as_values(holds)})


def remove_all(work: Work) -> None:
    """Take all limits away; for callbacks."""
    keep(work, ())
    work.generation += 1


def _bring(work: Work, basis: Basis) -> None:
    try:
        _settle(work, basis, work.holds, _("Brought within the limits"))
    except AppError as error:
        work.error = error


def warn(work: Work, basis: Basis, bounds: Sequence[CellConstraint]) -> None:
    """Say which limits the plan misses, and offer to bring it within them."""
    missed = broken_constraints(work.cells, bounds)
    if not missed:
        return
    named = _("; ").join(bound.text(work.plan.unit) for bound in missed[:3])
    st.warning(_("The plan misses {n} of its limits: {limits}", n=len(missed), limits=named))
    if work.plan.editable:
        st.button(
            _("Bring the plan within its limits"), key="bring_within", icon=":material/straighten:",
            on_click=in_language(_bring), args=(work, basis),
        )  # fmt: skip


def marks(work: Work, view: Pivot, look: Look) -> list[str]:
    """Return for each row of the grid ``Σ`` where its total is locked and ``↕`` where it has limits."""
    if not work.holds:
        return [""] * len(view.rows)
    holds = []
    for row in range(len(view.rows)):
        where = set(look.hold(view, CellAddress(row, None)).where)
        own = [hold for hold in work.holds if where <= set(hold.where)]
        total = any(hold.exact and set(hold.where) == where for hold in own)
        limited = any(not hold.exact or set(hold.where) != where for hold in own)
        holds.append(" ".join(sign for sign, on in (("Σ", total), ("↕", limited)) if on))
    return holds
