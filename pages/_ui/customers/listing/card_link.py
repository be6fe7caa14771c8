"""The way to a customer's card, from anywhere."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import url
from pages._ui.customers.customer_view import SEPARATOR
from pages._ui.customers.section import PARAMETER
from pages._ui.market import region_choice
from pages._ui.shell.navigation import GO_TO

ADDRESS = "customer"


def open_card(kind: str, customer_id: str, section: str = "") -> None:
    """Open a customer's card at the next run; for callbacks, inside a fragment as well.

    Parameters
    ----------
    section
        Code of a section of :data:`pages._ui.customers.card_sections.CARD`; the first by default.
    """
    url.hand_over(**{"customer": f"{kind}{SEPARATOR}{customer_id}", PARAMETER: section})
    region_choice.set_and_follow(GO_TO, ADDRESS)


def card_button(kind: str, customer_id: str, *, key: str = "open_customer") -> None:
    """Show the button that opens a customer's card."""
    st.button(
        _("Open the customer card"),
        icon=":material/badge:",
        key=key,
        on_click=open_card,
        args=(kind, customer_id),
    )
