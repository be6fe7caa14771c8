"""The grid as a table: amounts in the units of the screen with a row of totals, or locks to tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.targets.editing.grid_edit import CellAddress
from core.targets.editing.pivot import Pivot, pivot
from pages._ui.tables.explained import explained
from pages._ui.targets.limits import marks

if TYPE_CHECKING:
    from pages._ui.targets.limits import Look
    from pages._ui.targets.state import Work

TOTAL, SUM = "total", "sum"
TYPED, FOLLOWED = "✎", "↻"
"""Marks of cells that were typed, and of those that gave way, since the version saved last."""
# Months and most categories; names of products are longer.
SHORT = 6
Labels = tuple[Mapping[object, str], Mapping[object, str]]


def amounts(work: Work, facts: pd.DataFrame, look: Look, view: Pivot, labels: Labels) -> pd.DataFrame:
    """Return the grid in the units of the screen, a row of totals at the end."""
    cells = work.plan.unit.amounts(view.grid.counts) / numbers.money_divisor()
    last = _last_year(facts, view)
    saved = pivot(work.saved, facts[look.rows].where(pd.Series(view.at >= 0)), facts[look.columns])
    signs = marks(work, view, look)
    before = work.plan.unit.amounts(saved.grid.counts.sum(axis=1)) / numbers.money_divisor()
    table = pd.DataFrame(
        {
            "name": [labels[0][key] for key in view.rows],
            "locked": [
                f"{_locked(view, row, labels[1])} {signs[row]}".strip() for row in range(len(view.rows))
            ],
            "last_year": last,
            TOTAL: cells.sum(axis=1),
            **{f"c{n}": cells[:, n] for n in range(len(view.columns))},
            "_before": before,
        }
    )
    bottom = table.select_dtypes("number").sum(min_count=1).to_dict() | {"name": _("Total"), "locked": ""}
    table = pd.concat([table, pd.DataFrame([bottom])], ignore_index=True)
    growth = (table[TOTAL] / table["last_year"].where(table["last_year"] > 0) - 1) * 100
    table.insert(4, "growth", growth.round(1))
    change = (table[TOTAL] - table.pop("_before")).round(4)
    table.insert(5, "change", change.where(change != 0))
    return table.round(4)


def written(table: pd.DataFrame, work: Work, view: Pivot) -> pd.DataFrame:
    """Return the grid with its editable amounts as texts, those typed and those that gave way marked."""
    texts = {TOTAL: table[TOTAL].map("{:,.2f}".format)}
    for column, marks_below in enumerate(_edit_marks(work, view).T):
        amounts_below = table[f"c{column}"].map("{:,.2f}".format)
        texts[f"c{column}"] = pd.Series([*marks_below, ""], table.index) + amounts_below
    return table.assign(**texts)


def _edit_marks(work: Work, view: Pivot) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Return the mark of each cell of the grid, empty where it is as it was saved."""
    changes, typed = work.changes, work.log.typed()
    changed = work.cells.index.isin(changes.index[changes["change"] != 0]) & (view.at >= 0)
    own = changed & work.cells.index.isin(typed) if typed is not None else np.zeros_like(changed)
    found = np.full(view.grid.counts.size, "", dtype=object)
    found[view.at[changed]] = f"{FOLLOWED} "
    found[view.at[own]] = f"{TYPED} "
    return found.reshape(view.grid.counts.shape)


def _last_year(facts: pd.DataFrame, view: Pivot) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return last year's sales of each row in the screen's unit; NaN where none is recorded."""
    rows = pd.Series(np.where(view.at >= 0, view.at // len(view.columns), -1))
    sums = facts["last_year"].groupby(rows.to_numpy()).sum(min_count=1)
    return np.asarray(
        (sums.reindex(range(len(view.rows))) / numbers.money_divisor()).round(1), dtype=np.float64
    )


def _locked(view: Pivot, row: int, heads: Mapping[object, str]) -> str:
    """Return the locked columns of a row in words."""
    locks = view.grid.locked[row]
    if not locks.any():
        return "◐" if view.held[row].any() else ""
    if locks.all():
        return "🔒 " + _("all")
    return "🔒 " + ", ".join(str(heads[key]) for key, on in zip(view.columns, locks, strict=True) if on)


def locks(work: Work, look: Look, view: Pivot, labels: Labels) -> pd.DataFrame:
    """Return the locks as boxes to tick; the row of totals locks whole columns."""
    locked = view.grid.locked
    held = {hold.where for hold in work.holds if hold.exact}
    spots = [*(CellAddress(row, None) for row in range(len(view.rows))), CellAddress(None, None)]
    sums = [look.hold(view, spot).where in held for spot in spots]
    table = pd.DataFrame(
        {
            "name": [labels[0][key] for key in view.rows],
            SUM: sums[:-1],
            TOTAL: locked.all(axis=1),
            **{f"c{n}": locked[:, n] for n in range(len(view.columns))},
        }
    )
    bottom = {"name": _("Total"), SUM: sums[-1], TOTAL: bool(locked.all())}
    bottom |= {f"c{n}": bool(locked[:, n].all()) for n in range(len(view.columns))}
    return pd.concat([table, pd.DataFrame([bottom])], ignore_index=True)


def column_config(work: Work, view: Pivot, locking: bool) -> dict[str, Any]:
    """Return how the columns are shown; headings carry the totals, which so stay in sight."""
    unit = numbers.money_unit()
    heads = view.grid.names.positions[1]
    sums = work.plan.unit.amounts(view.grid.counts.sum(axis=0)) / numbers.money_divisor()
    config: dict[str, Any] = {"name": st.column_config.TextColumn(_("Name"), pinned=True, width=120)}
    if locking:
        config[SUM] = st.column_config.CheckboxColumn(
            _("Total only"), width=70, help=_("The row keeps its total; its cells may move.")
        )
        config[TOTAL] = st.column_config.CheckboxColumn(_("Whole row"), width=70)
        return config | {
            f"c{n}": st.column_config.CheckboxColumn(head, width=70) for n, head in enumerate(heads)
        }
    config |= {
        "locked": st.column_config.TextColumn(
            _("Locks"),
            width=70,
            help=_("🔒 locked columns; ◐ some cells below the row are locked; Σ total locked; ↕ limits set"),
        ),
        "last_year": st.column_config.NumberColumn(
            numbers.heading(_("Last year"), unit),
            format="accounting",
            width=90,
            help=_("Own sales in the same months of the base period, as recorded."),
        ),
        # Texts: a table's editor of numbers loses the minus typed on a cell, and -50 would be stored as 50.
        TOTAL: st.column_config.TextColumn(
            f"{numbers.heading(_('Target'), unit)} {sums.sum():,.0f}",
            width=200,
            pinned=True,
            alignment="right",
            help=_("The plan's counts × its unit; months and parts add up exactly."),
        ),
        "growth": st.column_config.NumberColumn(
            _("Growth"), format="%+.1f%%", width=75, help=_("Target ÷ last year − 1.")
        ),
        "change": st.column_config.NumberColumn(
            _("Change"), format="%+.2f", width=80, help=_("Since the version saved last")
        ),
    }
    config |= {
        f"c{n}": st.column_config.TextColumn(
            f"{head} {total:,.0f}",
            width=110 if len(head) <= SHORT else 160,
            alignment="right",
            help=_("Target of this part; type a figure to change it, the others of the row give way."),
        )
        for n, (head, total) in enumerate(zip(heads, sums, strict=True))
    }
    return explained(config, config)
