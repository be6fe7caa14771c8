"""The limits that dealers are judged by, open to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.customers.forms.dealer_rules import RULES
from core.i18n import _
from pages._ui.customers.dealers.dealer_view import rules
from pages._ui.customers.forms.form import form_panel

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView


def popover(view: ListView) -> None:
    """Offer the limits; an empty field means the default, which is named."""
    with st.popover(_("Limits"), icon=":material/tune:", key="dealer_limits"):
        now = rules()
        st.caption(
            _(
                "In force: attitude {attitude}, capability {usable} and {able}, stock {least} to {most} days."
                " An empty field means the default.",
                attitude=f"{now.tree.attitude:g}",
                usable=f"{now.tree.usable:g}",
                able=f"{now.tree.able:g}",
                least=f"{now.stock.least_days:g}",
                most=f"{now.stock.most_days:g}",
            )
        )
        form_panel(RULES, "market", "", key="dealer_rules", scope=view.scope)
