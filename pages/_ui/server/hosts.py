"""Who may ask: the names this server answers under, on HTTP and on websockets.

A page of somebody else's must not reach the data by a name that it lets point to this machine. A browser
sends that name as Host, and the page it comes from as Origin; both must be allowed. Where one person works
alone, without sign-in, the connection itself must come from this machine too, and through no proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse

from core.errors import AppError
from core.i18n import _
from core.settings import Settings
from pages._ui.server.start import is_insecure
from pages._ui.sign_in.mode import is_loopback, team

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""Paths that tell about the process, or drive pages without a browser, and are for nobody outside."""
PROXIED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")
REFUSED_CODE = 1008


class AllowedHosts:
    """Middleware that refuses a foreign Host or Origin, and the monitoring of the server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"]
        if not is_allowed(headers.get(b"host", ""), headers.get(b"origin")):
            text = _("This address is not one the server answers under. Name it in SHENGENG_HOSTS.")
            await _refuse(text, scope, receive, send)
        elif not _is_near(scope, headers):
            text = _("Without sign-in only this machine is answered, and no proxy. See docs/deployment.md.")
            await _refuse(text, scope, receive, send)
        elif any(f"{closed}/" in f"{path}/" for closed in CLOSED):
            await PlainTextResponse("", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_allowed(host: str, origin: str | None) -> bool:
    """Tell whether a request came under an allowed name, from a page under one.

    Parameters
    ----------
    host
        Its header ``Host``, with or without a port.
    origin
        Its header ``Origin``; None where there is none, as from a program or on following a link.
    """
    try:
        allowed = LOOPBACK | Settings.from_environment().hosts
    except AppError:
        # A bad setting opens nothing; the page says what is wrong with it.
        allowed = LOOPBACK
    signs_in = team()
    if signs_in is not None and origin is not None:
        # Only there a cookie is believed; where the names differ, Streamlit asks the internet for its own.
        return (origin, host) == (signs_in.origin, urlsplit(signs_in.origin).netloc)
    allowed |= set() if signs_in is None else {signs_in.host}
    return _name(f"//{host}") in allowed and (origin is None or _name(origin) in allowed)


def _is_near(scope: Scope, headers: dict[bytes, str]) -> bool:
    """Tell whether a connection may come without sign-in: from this machine, or insecurity was asked for."""
    if team() is not None or is_insecure():
        return True
    # None where the server listens on a socket file, as in tests that call the app itself.
    here = (scope.get("server") or ("localhost", None))[0]
    return is_loopback(here) and not any(name in headers for name in PROXIED)


def _name(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


async def _refuse(text: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED_CODE})
        return
    await PlainTextResponse(text, 403)(scope, receive, send)
