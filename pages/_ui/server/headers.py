"""What answers tell a browser: where scripts and pictures may come from, who may frame pages, what to keep.

Streamlit's own code needs styles in the document, and the map compiles a part of itself; everything else is
bound to this server.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMMON = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"SAMEORIGIN",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
}
DATA = (
    "/tiles/",
    "/borders/",
    "/day/",
    "/media/",
    "/_stcore/",
    "/assets/basemap.json",
    "/auth/",
    "/oauth2callback",
)
"""Paths whose answers are somebody's data: where a team works, no browser keeps them after signing out."""
CONTENT = b"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Of a file somebody made, opened by itself: no script in it runs under this server's name."""
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Headers:
    """Middleware that adds what is missing to the head of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(_completed(scope["path"], message["headers"]))}
            await send(message)

        await self.app(scope, receive, add)


def _completed(path: str, headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    signs_in = team()
    is_data = path.startswith(DATA)
    present = set()
    for name, value in headers:
        lowered = name.lower()
        if signs_in is not None and is_data and lowered == b"cache-control":
            continue
        present.add(lowered)
        if lowered == b"set-cookie" and signs_in is not None and signs_in.is_encrypted:
            # Streamlit leaves it out for the sake of a server without TLS.
            yield name, value if b"secure" in value.lower().split(b"; ") else value + b"; Secure"
        else:
            yield name, value
    yield from ((name, value) for name, value in COMMON.items() if name not in present)
    if signs_in is not None and is_data:
        yield b"cache-control", b"no-store"
    if path.startswith("/media/"):
        yield b"content-security-policy", CONTENT


def document_policy(html: str, basemap: str = "") -> str:
    """Return the Content-Security-Policy of a document.

    Parameters
    ----------
    html
        The document; the scripts that stand in it are named by their hashes.
    basemap
        Address of an online basemap's tiles; empty for none.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in INLINE.findall(html))
    tiles = urlsplit(basemap)
    outside = f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""
    return "; ".join(
        (
            "default-src 'self'",
            # Charts drawn by the graphics card compile their programs from text.
            f"script-src 'self' 'unsafe-eval' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{outside}",
            "font-src 'self' data:",
            f"connect-src 'self' data: blob:{outside}",
            "worker-src 'self' blob:",
            "frame-src 'self' blob: data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
