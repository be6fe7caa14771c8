"""Whose session, request or background work this is, and what that person may do now.

A run of a page knows it from Streamlit's session. What runs elsewhere carries it: a job and a download take
it from the session that started them, a route from its token and the cookie of the request.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.access import LOCAL, Access, Right
from core.errors import AppError
from core.i18n import _
from core.settings import Settings
from pages._ui.sign_in import admission
from pages._ui.sign_in.identity import SignIn, read_claims
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.database import Store

T = TypeVar("T")
SEE_AS = "see_as"
"""Where a session keeps the e-mail address of the user as whom an administrator looks at the pages."""
REMEMBERED = 10_000
HOUR = 3600.0
_carried: ContextVar[SignIn | None] = ContextVar("signed_in", default=None)
_lock = threading.Lock()
_sessions: OrderedDict[str, SignIn] = OrderedDict()
_bearers: OrderedDict[str, SignIn] = OrderedDict()
_ended: OrderedDict[str, None] = OrderedDict()


class NotSignedInError(AppError):
    """Nobody is signed in here, or no longer."""


class NotAdmittedError(AppError):
    """Somebody is signed in whom the store doesn't list, or no longer lets in."""


def is_alone() -> bool:
    """Tell whether one person works here without sign-in."""
    return team() is None


def current() -> SignIn | None:
    """Return who runs this: the session's user, or the one who is carried along."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return _carried.get()
    sign_in = read_claims(context.user_info)
    if sign_in is not None:
        _remember(_sessions, context.session_id, sign_in)
        seen_as = str(st.session_state.get(SEE_AS) or "")
        sign_in = replace(sign_in, seen_as=seen_as) if seen_as else sign_in
    return sign_in


def carry(sign_in: SignIn | None) -> None:
    """Let the rest of this thread or task run in somebody's name."""
    _carried.set(sign_in)


@contextmanager
def acting_as(sign_in: SignIn | None) -> Iterator[None]:
    """Run a block in somebody's name."""
    token = _carried.set(sign_in)
    try:
        yield
    finally:
        _carried.reset(token)


def owner(session_id: str) -> SignIn | None:
    """Return whose session of Streamlit this is."""
    with _lock:
        return _sessions.get(session_id)


def is_open(sign_in: SignIn | None) -> bool:
    """Tell whether somebody signed in, not too long ago, and hasn't signed out since."""
    if sign_in is None:
        return False
    with _lock:
        if sign_in.handle in _ended:
            return False
    return time.time() - sign_in.at < Settings.from_environment().sign_in_hours * HOUR


def access(store: Store) -> Access:
    """Return what whoever runs this may do now.

    Parameters
    ----------
    store
        Where the users are listed, seen whole.

    Raises
    ------
    NotSignedInError
        Nobody is signed in, or no longer.
    NotAdmittedError
        The store doesn't list them, or no longer lets them in.
    """
    if team() is None:
        return LOCAL
    sign_in = current()
    if sign_in is None or not is_open(sign_in):
        raise _nobody()
    own = admission.access_of_sign_in(store, sign_in)
    if own is None or not own.can(Right.VIEW):
        raise NotAdmittedError(_("Your account isn't let in here, or no longer."), contact())
    if sign_in.seen_as and own.can(Right.ADMINISTER):
        return admission.access_seen_as(store, own, sign_in.seen_as)
    return own


def bearer() -> str:
    """Return what stands in a token for whoever runs this; empty where one person works alone.

    Raises
    ------
    NotSignedInError
        Nobody is signed in.
    """
    if team() is None:
        return ""
    sign_in = current()
    if sign_in is None:
        raise _nobody()
    _remember(_bearers, sign_in.bearer, sign_in)
    return sign_in.bearer


def of_bearer(name: str, cookie: SignIn | None) -> SignIn | None:
    """Return who a token was made for; None for nobody, for somebody else, or who signed out since.

    Parameters
    ----------
    cookie
        Who sends the request, by its cookie: a token is worth nothing in another browser.
    """
    with _lock:
        sign_in = _bearers.get(name)
    if sign_in is None or cookie is None or cookie.handle != sign_in.handle or not is_open(sign_in):
        return None
    return sign_in


def end(sign_in: SignIn) -> None:
    """End what began with one act of signing in, in every tab."""
    _remember(_ended, sign_in.handle, None)


def contact() -> str:
    """Return whom to ask, as the setting says it."""
    who = Settings.from_environment().contact
    return _("Ask your administrator: {who}.", who=who) if who else _("Ask your administrator.")


def _nobody() -> NotSignedInError:
    return NotSignedInError(_("You aren't signed in, or no longer."), _("Reload the page and sign in."))


def _remember(kept: OrderedDict[str, T], key: str, value: T) -> None:
    with _lock:
        kept[key] = value
        kept.move_to_end(key)
        while len(kept) > REMEMBERED:
            kept.popitem(last=False)
