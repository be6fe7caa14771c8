"""The terminals a filter leaves, as a list to work off and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, ngettext
from pages._ui import numbers
from pages._ui.downloads import XLSX, Download, csv, xlsx
from pages._ui.language import in_language
from pages._ui.market import choosing
from pages._ui.terminals.words import status_word

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.terminals.view import TerminalView

SHOWN = 500
EXPORTED = 100_000
HEIGHT = 330


def worklist(view: TerminalView) -> None:
    """Show the terminals where others sell most, the largest first; a click opens the card."""
    rows = view.listed(SHOWN)
    total = int(view.summary["terminals"])
    if total > len(rows):
        st.caption(
            _(
                "The {shown} terminals where others sell most, of {total}; the export has up to {limit}.",
                shown=numbers.count(len(rows)),
                total=numbers.count(total),
                limit=numbers.count(EXPORTED),
            )
        )
    else:
        st.caption(ngettext("{n} terminal", "{n} terminals", total))
    shown = named(rows)
    st.dataframe(
        shown.style.format(
            {
                _("Own sales"): lambda value: numbers.money(value, unit=False),
                _("All sales"): lambda value: numbers.money(value, unit=False),
                _("In-store share"): numbers.percent,
            },
            na_rep=numbers.MISSING,
        ),
        hide_index=True,
        height=HEIGHT,
        key="worklist",
        on_select=in_language(_clicked),
        selection_mode="single-row",
        column_config={_("Last visit"): st.column_config.DateColumn(format="YYYY-MM-DD")},
    )
    st.session_state["worklist_ids"] = rows["terminal_id"].to_list()


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the list with headers and words in the user's language."""
    headers = {
        "name": _("Terminal"),
        "region": _("Region"),
        "outlet_type": _("Outlet type"),
        "grade": _("Grade"),
        "status": _("Status"),
        "own": _("Own sales"),
        "total": _("All sales"),
        "share": _("In-store share"),
        "dealer": _("Dealer"),
        "employee": _("Sales rep"),
        "visits": _("Visits in four weeks"),
        "visits_planned": _("Norm"),
        "last_visit": _("Last visit"),
        "address": _("Address"),
        "terminal_id": _("Terminal ID"),
    }
    return rows.assign(status=rows["status"].map(status_word))[list(headers)].rename(columns=headers)


def exports(view: TerminalView) -> tuple[Download, ...]:
    """Return the entries of the export menu: the whole list in yuan."""
    name = _("terminals")
    return (
        Download(
            _("Table (CSV)"),
            f"{name}.csv",
            "text/csv",
            lambda: csv(named(view.listed(EXPORTED)), name).data(),
        ),
        Download(
            _("Table (Excel)"), f"{name}.xlsx", XLSX, lambda: xlsx(named(view.listed(EXPORTED)), name).data()
        ),
    )


def _clicked() -> None:
    chosen = st.session_state["worklist"]["selection"]["rows"]
    choosing.put("shop", st.session_state["worklist_ids"][chosen[0]] if chosen else "")
