"""The section 经销商 of the customers' page: whom to keep, who owns whom, stock, issues, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _
from pages._ui.customers.dealers import (
    dealer_board,
    dealer_completeness,
    dealer_limits,
    dealer_log,
    dealer_owners,
    dealer_shelf,
)
from pages._ui.market import choosing

if TYPE_CHECKING:
    from pages._ui.customers.section import Shown
    from pages._ui.customers.view import ListView

PARAMETERS = ("dealer_part",)
PARTS = {
    "": N_("Whom to keep"),
    "owners": N_("Tiers and owners"),
    "stock": N_("Stock and expenses"),
    "issues": N_("Channel issues"),
    "cards": N_("Nine cards"),
}
_SHOW = {
    "": dealer_board.show,
    "owners": dealer_owners.show,
    "stock": dealer_shelf.show,
    "issues": dealer_log.show,
    "cards": dealer_completeness.show,
}


def show(view: ListView) -> Shown:
    """Show the part chosen."""
    with st.container(horizontal=True, vertical_alignment="center", key="dealer_parts"):
        part = choosing.pick("dealer_part", {code: _(label) for code, label in PARTS.items()})
        dealer_limits.popover(view)
    return _SHOW[part](view)
