"""Who may ask: the names this server answers under, on HTTP and on websockets.

There is no log-in, so a page of somebody else's must not reach the data by a name that it lets point to this
machine. A browser sends that name as Host, and the page it comes from as Origin; both must be allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse

from core.errors import AppError
from core.i18n import _
from core.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSED = ("/_stcore/metrics",)
"""Paths that tell about the process and are for nobody outside."""
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
        if not is_allowed(headers.get(b"host", ""), headers.get(b"origin")):
            await _refuse(scope, receive, send)
        elif scope["path"].rstrip("/").endswith(CLOSED):
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
    if _name(f"//{host}") not in allowed:
        return False
    return origin is None or _name(origin) in allowed


def _name(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED_CODE})
        return
    text = _("This address is not one the server answers under. Name it in SHENGENG_HOSTS.")
    await PlainTextResponse(text, 403)(scope, receive, send)
