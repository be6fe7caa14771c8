"""Where a session or a request comes from, for the audit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.store.writing.origin import UNKNOWN, Origin, add_source, from_origin

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOCALHOST = "localhost"
"""What an address of this machine is called; Streamlit tells none for it."""
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_MARK_LENGTH = 12


def session_origin() -> Origin:
    """Return the origin of the session whose page or callback runs in this thread."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return UNKNOWN
    # The name of a session lets its files be reached: a fingerprint tells sessions apart as well.
    mark = hashlib.sha256(context.session_id.encode()).hexdigest()[:_MARK_LENGTH]
    address = st.context.ip_address
    return Origin(address if isinstance(address, str) else LOCALHOST, mark)


def announce() -> None:
    """Let the audit ask for the session of a page where nobody set an origin; once for the process."""
    add_source(session_origin)


class RequestOrigin:
    """Middleware that says where a request to one of the routes comes from."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = (scope.get("client") or ("", 0))[0]
        with from_origin(Origin(LOCALHOST if host in _LOOPBACK else host or None)):
            await self.app(scope, receive, send)
