"""The pages and their sections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _
from pages._ui import url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit import Page

FOLDER = Path(__file__).resolve().parents[2]
# Section, then file, address, icon and title of each page.
SECTIONS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    N_("See the market"): (
        ("overview.py", "overview", ":material/home:", N_("Overview")),
        ("market_map.py", "market-map", ":material/map:", N_("Market map")),
        ("terminal_map.py", "terminal-map", ":material/storefront:", N_("Terminal map")),
        ("quadrant.py", "quadrant", ":material/bubble_chart:", N_("Four quadrants")),
        ("number_one.py", "number-one", ":material/flag:", N_("No.1 target")),
    ),
    N_("Set the targets"): (
        ("allocation.py", "allocation", ":material/account_tree:", N_("Target breakdown")),
        ("territories.py", "territories", ":material/share_location:", N_("Territories")),
    ),
    N_("Visit the customers"): (
        ("customers.py", "customers", ":material/handshake:", N_("Our customers")),
        ("terminals.py", "terminals", ":material/store:", N_("Terminals")),
        ("customer_card.py", "customer", ":material/badge:", N_("Customer card")),
        ("visit_plan.py", "visit-plan", ":material/route:", N_("Visit plan")),
    ),
    N_("Run the cycle"): (
        ("tasks.py", "tasks", ":material/task_alt:", N_("Tasks")),
        ("day.py", "day", ":material/today:", N_("Daily report")),
        ("day_board.py", "day-board", ":material/groups:", N_("Daily board")),
        ("meeting.py", "meeting", ":material/diversity_3:", N_("Monthly meeting")),
        ("expenses.py", "expenses", ":material/payments:", N_("Expenses")),
    ),
    N_("Manage the data"): (
        ("data_files.py", "data", ":material/database:", N_("Data")),
        ("settings.py", "settings", ":material/settings:", N_("Settings")),
        ("users.py", "users", ":material/manage_accounts:", N_("Users")),
        ("audit.py", "audit", ":material/history:", N_("Audit")),
    ),
}
FIRST = "overview"
"""The page that opens without an address."""
HIDDEN = ("customer", "users")
"""Addresses that are reached from elsewhere and are not in the menu."""
GO_TO = "go_to"


def choose(*, ready: bool) -> Page:
    """Declare all pages and return the one that the address asks for.

    They are declared even where the gate shows something else instead: otherwise Streamlit reports
    a deep link as unknown.
    """
    sections = {
        _(section): [
            st.Page(
                FOLDER / file,
                title=_(title),
                icon=icon,
                url_path=address,
                default=address == FIRST,
                visibility="hidden" if address in HIDDEN else "visible",
            )
            for file, address, icon, title in pages
        ]
        for section, pages in SECTIONS.items()
    }
    page = st.navigation(sections, position="sidebar" if ready else "hidden", expanded=True)
    st.session_state[url.PAGE] = page.url_path or FIRST
    st.session_state[url.PAGE_TITLE] = page.title
    st.session_state[url.PERIOD_SHOWN] = ""
    wanted = st.session_state.pop(GO_TO, None)
    if wanted and ready:
        begins_with = url.handed_over_codes()
        # The first page has no word on its address.
        if wanted != (page.url_path or FIRST):
            every = (page for row in sections.values() for page in row)
            target = next(page for page in every if (page.url_path or FIRST) == wanted)
            # Without a word on the address Streamlit would clear it, and refuses to where fields are bound.
            st.switch_page(target, query_params=begins_with)
    return page


def go_to(address: str, codes: Mapping[str, str] | None = None) -> None:
    """Open another page at the next run, with parameters of its address; for callbacks of buttons.

    A link would not do: Streamlit gives a parameter that a field of both pages holds to neither.
    """
    url.hand_over(**(codes or {}))
    st.session_state[GO_TO] = address
