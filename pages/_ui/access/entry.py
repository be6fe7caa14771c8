"""The way from the settings to the page of users."""

from __future__ import annotations

import streamlit as st

from core.access import Right
from core.i18n import _
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.shell.navigation import go_to


def users_entry() -> None:
    """Offer the page of users to who may administer."""
    if not runtime.store().access.can(Right.ADMINISTER):
        return
    section(_("Users"))
    st.markdown(_("Who may sign in, what each may do, and which part of the market each sees."))
    st.button(
        _("Users"), icon=":material/manage_accounts:", key="open_users", on_click=go_to, args=("users",)
    )
