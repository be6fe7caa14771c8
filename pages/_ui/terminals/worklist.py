"""The terminals a filter leaves, as a list to work off and to take away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, current_language, format_date, ngettext
from core.known_words import known_word
from core.reports.cycle.tasks.findings import of_shops
from core.store.terminals.filter import SITUATIONS
from core.store.terminals.selections import LARGEST, save_selection
from core.store.terminals.terminals import LISTED, unplaced_count
from pages._ui import reads, runtime, url
from pages._ui.components.downloads import table_downloads
from pages._ui.language import in_language
from pages._ui.market import region_choice
from pages._ui.shell.navigation import GO_TO
from pages._ui.tables.explained import explained
from pages._ui.tasks.offer import offer
from pages._ui.terminals import clicks, controls, quick_filters
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.components.downloads import Download
    from pages._ui.terminals.terminal_view import TerminalView

SHOWN = 500
VISIT_PLAN = "visit-plan"
EXPORTED = 100_000
HEIGHT = 330


def worklist(view: TerminalView) -> None:
    """Show the terminals where others sell most, the largest first; a click opens the card."""
    cell = clicks.chosen_cell()
    rows = view.listed(LISTED, cell) if cell else view.listed(SHOWN)
    total = len(rows) if cell else int(view.summary["terminals"] or 0)
    ticked = ticked_shops(rows["terminal_id"].to_list())
    with st.container(horizontal=True, vertical_alignment="center", key="worklist_bar"):
        st.caption(_heading(len(rows), total))
        if cell:
            st.button(
                _("Only the cell clicked: list all again"),
                icon=":material/close:",
                type="tertiary",
                key="leave_cell",
                on_click=region_choice.set_and_follow,
                args=("cell", ""),
            )
        if total:
            _hand_on(view, cell, ticked, total)
            _offer(view, rows, ticked, total)
    _unplaced()
    if not total:
        return
    table = labelled_table(rows, numbers.money_unit())
    st.dataframe(
        table.style.format(
            {
                numbers.heading(_("Own sales"), numbers.money_unit()): _amount,
                numbers.heading(_("All sales"), numbers.money_unit()): _amount,
                _("In-store share"): numbers.percent,
            },
            na_rep=numbers.MISSING,
        ),
        hide_index=True,
        placeholder=numbers.MISSING,
        height=HEIGHT,
        key="worklist",
        on_select=in_language(_clicked),
        selection_mode=["multi-row", "single-cell"],
        column_config=explained(table, {_("Last visit"): st.column_config.DateColumn(format="YYYY-MM-DD")}),
    )
    st.session_state["worklist_ids"] = rows["terminal_id"].to_list()


def _heading(table: int, total: int) -> str:
    if not total:
        return _("No terminal passes this filter. Clear it, or take something out of it.")
    if total <= table:
        return ngettext("{n} terminal", "{n} terminals", total)
    return _(
        "The {shown} terminals where others sell most, of {total}; the export has up to {limit}.",
        shown=numbers.count(table),
        total=numbers.count(total),
        limit=numbers.count(EXPORTED),
    )


def _unplaced() -> None:
    """Say how many shops of the region are missing on the map and in its list."""
    n = reads.cached(unplaced_count, controls.chosen_area())
    if n:
        text = ngettext(
            "{n} more open shop here has no coordinates: it is neither on the map nor in the list.",
            "{n} more open shops here have no coordinates: they are neither on the map nor in the list.",
            n,
        )
        st.caption(f":material/wrong_location: {text}")


def ticked_shops(listed: list[str]) -> list[str]:
    """Return the IDs of the rows that are ticked in the list, which was made of these."""
    state = st.session_state.get("worklist")
    rows = state["selection"]["rows"] if state else []
    return [listed[row] for row in rows if row < len(listed)]


def _hand_on(view: TerminalView, cell: tuple[int, int] | None, ticked: list[str], total: int) -> None:
    """Offer to send the ticked terminals, or all that the filter leaves, to the visit plan, under a name."""
    total = len(ticked) or total
    with st.popover(
        _("Send to the visit plan"), icon=":material/route:", key="hand_on", disabled=total > LARGEST
    ):
        st.text_input(
            _("Name of the selection"),
            _("Map selection of {day}", day=format_date(dt.date.today())),
            key="selection_name",
        )
        st.button(
            ngettext("Send {n} terminal", "Send {n} terminals", total),
            type="primary",
            key="selection_send",
            on_click=in_language(_send),
            args=(view, cell, tuple(ticked)),
        )
        if error := st.session_state.pop("selection_error", ""):
            st.error(error)
    if total > LARGEST:
        st.caption(_("At most {n} terminals can be sent at once.", n=numbers.count(LARGEST)))


def _offer(view: TerminalView, rows: pd.DataFrame, ticked: list[str], total: int) -> None:
    """Offer a task of the ticked terminals, or of all where the list shows them all."""
    if not ticked and total > len(rows):
        return
    chosen = rows[rows["terminal_id"].isin(ticked)] if ticked else rows
    codes = quick_filters.chosen_situations() or ()
    words = _(", ").join(_(SITUATIONS[code][0]) for code in codes) or _("all terminals shown")
    proposal = of_shops(
        chosen,
        view.token.lens.own_company,
        sentence=_("List of the terminal map: {filter}.", filter=words),
        page="terminal-map",
        query={"region": url.value("region"), "situation": url.value("situation")},
    )
    if proposal is not None:
        offer(proposal, key="worklist")


def _send(view: TerminalView, cell: tuple[int, int] | None, ticked: tuple[str, ...]) -> None:
    try:
        ids = ticked or view.listed(LARGEST, cell)["terminal_id"].tolist()
        key = save_selection(runtime.store(), st.session_state["selection_name"], ids)
    except AppError as error:
        st.session_state["selection_error"] = str(error)
        return
    url.hand_over(selection=key)
    region_choice.set_and_follow(GO_TO, VISIT_PLAN)


def _amount(value: object) -> str:
    return numbers.money(value, unit=False)


def labelled_table(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the list with headers and words in the user's language; amounts are in ``unit``."""
    headers = {
        "name": _("Terminal"),
        "region": _("Region"),
        "outlet_type": _("Outlet type"),
        "grade": _("Grade"),
        "status": _("Status"),
        "own": numbers.heading(_("Own sales"), unit),
        "total": numbers.heading(_("All sales"), unit),
        "share": _("In-store share"),
        "dealer": _("Dealer"),
        "employee": _("Sales rep"),
        "visits": _("Visits in four weeks"),
        "visits_planned": _("Norm"),
        "last_visit": _("Last visit"),
        "address": _("Address"),
        "terminal_id": _("Terminal ID"),
    }
    regions = rows["region"] if current_language() == "zh_CN" else rows["region_en"].fillna(rows["region"])
    worded = rows.assign(
        status=rows["status"].map(status_word),
        outlet_type=rows["outlet_type"].map(known_word, na_action="ignore"),
        region=regions,
    )
    return worded[list(headers)].rename(columns=headers)


def exports(view: TerminalView) -> list[Download]:
    """Return the entries of the export menu: the whole list in yuan."""
    return table_downloads(lambda: _in_yuan(view), _("terminals"))


def _in_yuan(view: TerminalView) -> pd.DataFrame:
    return labelled_table(view.listed(EXPORTED), _("yuan"))


def _clicked() -> None:
    """Open the card of the shop whose cell was clicked; a tick only chooses it for the plan."""
    cells = st.session_state["worklist"]["selection"]["cells"]
    if cells:
        region_choice.set_and_follow("shop", st.session_state["worklist_ids"][cells[0][0]])
