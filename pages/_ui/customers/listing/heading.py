"""The top of a customer's card: who it is, and what to do where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, current_language
from pages._ui.components.empty import empty
from pages._ui.customers.customer_labels import kind_word, level_word, tier_word
from pages._ui.customers.listing import search_box
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tasks.offer import customer_offer
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import CardView


def customer_heading(view: CardView) -> None:
    """Show what kind of customer it is, whose, and where."""
    row = view.customer
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="customer_about"):
        st.badge(kind_word(view.kind), color="blue")
        if view.kind == "dealer":
            st.badge(tier_word(row["tier"]), color="gray")
            if row["level"]:
                st.badge(level_word(row["level"]), color="gray")
        else:
            if row["grade"]:
                st.badge(_("Grade {grade}", grade=row["grade"]), color="gray")
            st.badge(status_word(row["status"]), color="gray")
        st.caption(" · ".join(escape_markdown(part) for part in _places(view) if part))
        customer_offer(view.kind, view.customer_id, view.figures.own_company)
        search_box.box()


def _places(view: CardView) -> list[str]:
    row = view.customer
    region = row["region_en"] if current_language() == "en" and row["region_en"] else row["region"]
    owner = _("Owner: {name}", name=row["owner"]) if row["owner"] else _("Nobody owns this customer")
    return [
        view.customer_id,
        str(region or _("Region unknown")),
        str(row.get("address") or ""),
        str(row.get("dealer") or row.get("parent") or ""),
        owner,
    ]


def render_no_customer(code: str) -> None:
    """Say that the address names no customer that is there."""
    search_box.box()
    reason = (
        _("There is no customer “{code}”, or it is not in your regions.", code=code)
        if code
        else _("No customer is chosen. Choose one from the list of customers or terminals.")
    )
    empty(reason, instead=((_("Our customers"), "customers"), (_("Terminals"), "terminals")))
