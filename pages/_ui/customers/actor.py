"""Who works here: the name under which changes are saved, and whose unsaved work is whose."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import runtime

NAME = "target_actor"
"""The name people give themselves, asked for on the target page as well."""


def current_actor() -> str:
    """Return the name under which this session saves: the account, or what people say without sign-in."""
    return runtime.store().access.written_by(str(st.session_state.get(NAME) or _("Local user")))


def draft_owner() -> str:
    """Return whose unsaved work this is: the account's, or that of the browser's machine."""
    return runtime.store().access.written_by(str(st.context.ip_address or "local"))


def ask() -> None:
    """Let people say who they are, where nobody signs in."""
    if not runtime.store().access.is_local:
        return
    st.text_input(_("Your name"), key=NAME, placeholder=_("Local user"), persist_state="session", width=180)
