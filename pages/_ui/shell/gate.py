"""The gate of a team: who isn't signed in, or isn't let in, sees how to get in and nothing else."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.i18n import _
from core.store.audit.events import Event, EventKind, record_event
from pages._ui import language, runtime
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.sign_in import session
from pages._ui.sign_in.mode import UNNAMED, team

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_EVERY = 15.0
"""Seconds between two looks whether an idle page may still be shown."""
log = logging.getLogger(__name__)


def open_gate() -> Callable[[], None] | None:
    """Return what fills the page instead of it; None for whoever is let in."""
    if session.is_alone():
        return None
    try:
        session.access(runtime.whole_store())
    except session.NotSignedInError:
        return _sign_in
    except session.NotAdmittedError:
        return _not_admitted
    except AppError as error:
        # Why the store can't be opened tells about it, and nobody is known here yet.
        log.error("%s", error)
        return _unavailable
    return None


def account() -> None:
    """Say in the sidebar who is signed in, offer the way out, and look whether that still holds."""
    sign_in = session.current()
    if session.is_alone() or sign_in is None:
        return
    with st.sidebar:
        st.caption(escape_markdown(sign_in.email or sign_in.subject))
        _sign_out_button()
        _watch()


@st.fragment(run_every=LOOK_EVERY)
def _watch() -> None:
    """Close a page that nobody clicks on once its user signed out elsewhere or is no longer let in."""
    if not runtime.is_admitted():
        st.rerun()


def _sign_in() -> None:
    with st.container(key="sign_in"):
        st.title(_("Shengeng: become No.1, region by region"), anchor=False)
        st.markdown(_("Sign in with your company account."))
        signs_in = team()
        for name, label in ({} if signs_in is None else signs_in.providers).items():
            st.button(
                _("Sign in with {provider}", provider=label) if label else _("Sign in"),
                on_click=st.login,
                args=() if name == UNNAMED else (name,),
                type="primary",
                icon=":material/login:",
                key=f"sign_in_{name}",
            )
        language.switch()


def _not_admitted() -> None:
    sign_in = session.current()
    with st.container(key="not_admitted"):
        st.title(_("You aren't let in yet"), anchor=False)
        if sign_in is not None:
            st.markdown(
                _(
                    "You are signed in as {who}, but this account isn't on the list of users, or no longer.",
                    who=f"**{escape_markdown(sign_in.email or sign_in.subject)}**",
                )
            )
        st.markdown(escape_markdown(session.contact()))
        st.button(_("Try again"), type="primary", key="try_again")
        _sign_out_button()
        language.switch()


def _unavailable() -> None:
    with st.container(key="unavailable"):
        st.title(_("Not available just now"), anchor=False)
        st.markdown(escape_markdown(session.contact()))
        st.button(_("Try again"), type="primary", key="try_again")
        language.switch()


def _sign_out_button() -> None:
    st.button(
        _("Sign out"),
        icon=":material/logout:",
        type="tertiary",
        key="sign_out",
        on_click=in_language(_sign_out),
    )


def _sign_out() -> None:
    sign_in = session.current()
    if sign_in is not None:
        session.end(sign_in)
        who = sign_in.email or sign_in.subject
        with suppress(AppError):
            record_event(runtime.whole_store(), Event(EventKind.SIGN_IN, "sign_out"), actor=who)
    st.logout()
