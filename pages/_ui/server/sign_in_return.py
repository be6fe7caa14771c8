"""Back to where somebody wanted to go: Streamlit leads everybody to the first page after signing in.

The page that asks to sign in names itself in ``Referer``; its address is kept in a cookie of that one attempt
(each tab has its own) and takes the place of the first page in the answer to the provider's return.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pages._ui.sign_in.mode import CALLBACK, team

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN = "/auth/login"
PREFIX = "shengeng_return_"
KEPT_SECONDS = 600
LONGEST = 2_000
"""Characters of an address that is kept; a browser holds a cookie of 4 kB."""


class SignInReturn:
    """Middleware that remembers the address on the way to the provider and restores it on the way back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"] if scope["type"] == "http" and team() is not None else ""
        headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}

        async def remember(message: Message) -> None:
            wanted = local_address(headers.get(b"referer", ""))
            state = _state(urlsplit(_location(message)).query)
            if wanted and state:
                _set_cookie(message, state, quote(wanted, safe=""), KEPT_SECONDS)
            await send(message)

        async def restore(message: Message) -> None:
            state = _state(scope["query_string"].decode("latin-1"))
            cookies = SimpleCookie(headers.get(b"cookie", ""))
            kept = cookies.get(f"{PREFIX}{state}")
            if kept is not None and _location(message):
                wanted = local_address(unquote(kept.value))
                # Streamlit answers a mistake with the first page too; there the page says who one is.
                if wanted:
                    rest = [pair for pair in message["headers"] if pair[0].lower() != b"location"]
                    message["headers"] = [*rest, (b"location", wanted.encode("latin-1"))]
                _set_cookie(message, state, "", 0)
            await send(message)

        if path.endswith(LOGIN):
            await self.app(scope, receive, remember)
        elif path.endswith(CALLBACK):
            await self.app(scope, receive, restore)
        else:
            await self.app(scope, receive, send)


def local_address(text: str) -> str:
    """Return path and query of an address of this server; empty for one elsewhere, or one that is too long.

    Parameters
    ----------
    text
        A whole address, as in ``Referer``, or a path, as in the cookie.
    """
    signs_in = team()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc or parts.scheme else ""
    wanted = f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    is_ours = signs_in is not None and origin in {"", signs_in.origin}
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and len(wanted) <= LONGEST
    return wanted if is_ours and is_plain else ""


def _location(message: Message) -> str:
    if message["type"] != "http.response.start":
        return ""
    return next(
        (value.decode("latin-1") for name, value in message["headers"] if name.lower() == b"location"), ""
    )


def _state(query: str) -> str:
    state = parse_qs(query).get("state", [""])[0]
    return state if state.isascii() and state.isalnum() else ""


def _set_cookie(message: Message, state: str, value: str, seconds: int) -> None:
    cookie = f"{PREFIX}{state}={value}; Max-Age={seconds}; Path={CALLBACK}; HttpOnly; SameSite=Lax"
    message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode("latin-1"))]
