"""Prospects: possibility × progress, the four visits, and whom to visit when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.store.visits import plans as store_visits
from core.visits import prospects as rules
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.visits import view as views

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

    from pages._ui.visits.view import VisitView


def show(view: VisitView) -> None:
    """Show the part."""
    table = views.prospects(view)
    if not len(table):
        st.info(
            _("This rep has no blank terminals, so there is nobody to win."), icon=":material/person_search:"
        )
        return
    steps, lists = rules.next_step(table), rules.horizons(table)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        section(_("Blank terminals as prospects"))
        edited = _editor(table, steps, lists)
        st.button(
            _("Keep"), type="primary", key="keep_prospects", on_click=in_language(_keep), args=(table, edited)
        )
    with right:
        section(_("Possibility × progress"))
        _grid(table)
        section(_("Won by source"))
        _conversion(table)


def _editor(table: pd.DataFrame, steps: pd.DataFrame, lists: pd.Series) -> pd.DataFrame:
    shown = table[[*store_visits.PROSPECT_COLUMNS, "name", "visits"]].assign(
        purpose=[_purpose(*step) for step in zip(steps["state"], steps["next_visit"], strict=True)],
        list=[None if pd.isna(code) else _(rules.HORIZONS[code]) for code in lists],
    )
    return st.data_editor(
        shown,
        hide_index=True,
        placeholder="—",
        height=430,
        key="prospects",
        disabled=("name", "visits", "purpose", "list"),
        column_order=(
            "name",
            "possibility",
            "progress",
            "list",
            "purpose",
            "source",
            "no_go",
            "decision",
            "visits",
        ),
        column_config={
            "name": st.column_config.TextColumn(_("Customer"), pinned=True),
            "possibility": st.column_config.SelectboxColumn(
                _("Possibility"), options=list(rules.POSSIBILITIES)
            ),
            "progress": _choice(_("Progress"), rules.PROGRESS),
            "source": _choice(_("Found by"), rules.SOURCES),
            "decision": _choice(_("Decision"), rules.DECISIONS),
            "no_go": st.column_config.CheckboxColumn(_("No-go account")),
            "visits": st.column_config.NumberColumn(_("Visits made"), help=_("Logged visits so far.")),
            "purpose": st.column_config.TextColumn(_("Purpose of the visit")),
            "list": st.column_config.TextColumn(_("List")),
        },
    )


def _purpose(state: str, number: int | None) -> str | None:
    if state == "decide":
        return _("Decide now")
    if number is None or pd.isna(number):
        return None
    purpose = _(rules.PURPOSES[int(number) - 1])
    return f"{number}. {purpose}"


def _choice(title: str, labels: dict[str, str]) -> ColumnConfig:
    words = {code: _(label) for code, label in labels.items()}
    return st.column_config.SelectboxColumn(
        title, options=list(words), format_func=lambda code: words.get(str(code), str(code))
    )


def _keep(table: pd.DataFrame, edited: pd.DataFrame) -> None:
    columns = list(store_visits.PROSPECT_COLUMNS)
    before = table[columns].astype(object).where(table[columns].notna(), None)
    after = edited[columns].astype(object).where(edited[columns].notna(), None)
    changed = (before.to_numpy() != after.to_numpy()).any(axis=1)
    if changed.any():
        store_visits.save_prospects(runtime.store(), after[changed])


def _grid(table: pd.DataFrame) -> None:
    cells = rules.grid(table).pivot_table(index="possibility", columns="progress", values="count")
    cells = cells[list(rules.PROGRESS)].rename(columns={k: _(v) for k, v in rules.PROGRESS.items()})
    st.dataframe(cells.rename_axis(_("Possibility")), key="prospect_grid", column_config=explained(cells))


def _conversion(table: pd.DataFrame) -> None:
    found = rules.conversion(table)
    st.dataframe(
        {
            _("Found by"): [
                _(rules.SOURCES[s]) if s in rules.SOURCES else _("unknown") for s in found["source"]
            ],
            _("Prospects"): found["prospects"],
            _("Visited"): found["visited"],
            _("Won"): found["won"],
            _("Rate"): found["rate"].map(numbers.percent),
        },
        column_config=explained((_("Prospects"), _("Visited"), _("Won"))),
        hide_index=True,
        placeholder="—",
        key="conversion",
    )
