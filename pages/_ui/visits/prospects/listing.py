"""The list of prospects: possibility × progress, the four visits, and whom to visit when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.i18n import _
from core.visits import prospects as rules
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.visits import view as views
from pages._ui.visits.prospects import saving

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

    from pages._ui.visits.view import VisitView

# A cell is as wide as the word of the first row, and as empty.
CHOICE_WIDTH = 115
SHOWN = (
    "name",
    "block",
    "possibility",
    "progress",
    "list",
    "purpose",
    "next_on",
    "source",
    "no_go",
    "decision",
    "visits",
)


def show(view: VisitView) -> None:
    """Show the grid to edit, and the prospects by possibility and progress beside it."""
    table = views.prospects(view)
    if not len(table):
        st.info(
            _("This rep has no blank terminals, so there is nobody to win."), icon=":material/person_search:"
        )
        return
    table = saving.base_of(view.rep, table)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        section(_("Blank terminals as prospects"))
        saving.conflict_panel()
        edited = _editor(view.rep, table)
        st.button(
            _("Keep"),
            type="primary",
            key="keep_prospects",
            on_click=in_language(saving.keep),
            args=(table, edited),
        )
    with right:
        section(_("Possibility × progress"))
        _grid(table)


def _editor(rep: str, table: pd.DataFrame) -> pd.DataFrame:
    steps, lists = rules.next_step(table), rules.horizons(table)
    shown = table[["terminal_id", *saving.FIELDS, "name", "visits", "next_on"]].assign(
        purpose=[_purpose(*step) for step in zip(steps["state"], steps["next_visit"], strict=True)],
        list=[None if pd.isna(code) else _(rules.HORIZONS[code]) for code in lists],
        block=rules.canvassing_blocks(table),
    )
    return st.data_editor(
        shown,
        hide_index=True,
        placeholder="—",
        height=430,
        key=saving.editor_key(rep),
        disabled=("name", "block", "visits", "purpose", "list", "next_on"),
        column_order=SHOWN,
        column_config=explained(
            SHOWN,
            {
                "name": st.column_config.TextColumn(_("Customer"), pinned=True),
                "block": st.column_config.NumberColumn(
                    _("Block"),
                    help=_(
                        "Canvass block by block: prospects without a progress or a visit,"
                        " neighbours together, at most {n} a block.",
                        n=rules.SHOPS_A_BLOCK,
                    ),
                ),
                "possibility": st.column_config.SelectboxColumn(
                    _("Possibility"), options=list(rules.POSSIBILITIES)
                ),
                "progress": _choice(_("Progress"), rules.PROGRESS),
                "source": _choice(_("Found by"), rules.SOURCES),
                "decision": _choice(_("Decision"), rules.DECISIONS),
                "no_go": st.column_config.CheckboxColumn(_("No-go account")),
                "visits": st.column_config.NumberColumn(_("Visits made"), help=_("Logged visits so far.")),
                "purpose": st.column_config.TextColumn(_("Purpose of the visit"), width="medium"),
                "next_on": st.column_config.DateColumn(
                    _("Next visit on"), help=_("From the review of the last talk.")
                ),
                "list": st.column_config.TextColumn(_("List")),
            },
        ),
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
        title,
        options=list(words),
        format_func=lambda code: words.get(str(code), str(code)),
        width=CHOICE_WIDTH,
    )


def _grid(table: pd.DataFrame) -> None:
    cells = rules.grid(table).pivot_table(index="possibility", columns="progress", values="count")
    cells = cells[list(rules.PROGRESS)].rename(columns={k: _(v) for k, v in rules.PROGRESS.items()})
    st.dataframe(cells.rename_axis(_("Possibility")), key="prospect_grid", column_config=explained(cells))
