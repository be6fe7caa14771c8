"""Whose data these are: a marker while the demonstration region is shown, and the way out of it."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from core.store.preferences import DEMONSTRATION
from pages._ui import reads, runtime
from pages._ui.language import in_language
from pages._ui.shell.navigation import go_to


def marker() -> None:
    """Say in the sidebar that the figures are invented."""
    if reads.preferences().get(DEMONSTRATION) != "yes":
        return
    with st.popover(_("Demo data"), icon=":material/science:", type="tertiary"):
        st.markdown(
            _("All names and figures are invented. The demonstration region shows what the program does.")
        )
        st.markdown(_("Your own data take its place; a copy of the demonstration stays among the backups."))
        st.button(
            _("Use my own data"), on_click=in_language(_leave), type="primary", key="leave_demonstration"
        )


def _leave() -> None:
    runtime.leave_demonstration()
    go_to("data")
