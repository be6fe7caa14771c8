"""The section 经销商 of the customers' page: whom to keep, who owns whom, stock, issues, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _
from pages._ui.customers.dealers import (
    dealer_board,
    dealer_completeness,
    dealer_issue_log,
    dealer_limits,
    dealer_owners,
    dealer_stock,
)
from pages._ui.market import region_choice

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView
    from pages._ui.customers.section import SectionHead

PARAMETERS = ("dealer_part",)
PARTS = {
    "": N_("Whom to keep"),
    "owners": N_("Tiers and owners"),
    "stock": N_("Stock and expenses"),
    "issues": N_("Channel issues"),
    "cards": N_("Nine cards"),
}
_SHOW = {
    "": dealer_board.render_dealer_board,
    "owners": dealer_owners.render_dealer_owners,
    "stock": dealer_stock.render_dealer_stock,
    "issues": dealer_issue_log.render_dealer_issue_log,
    "cards": dealer_completeness.render_dealer_completeness,
}


def render_dealer(view: ListView) -> SectionHead:
    """Show the part chosen."""
    with st.container(horizontal=True, vertical_alignment="center", key="dealer_parts"):
        part = region_choice.pick_code("dealer_part", {code: _(label) for code, label in PARTS.items()})
        dealer_limits.popover(view)
    return _SHOW[part](view)
