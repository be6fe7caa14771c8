"""The HTML document that a browser loads first, made the product's own.

Streamlit's document is English, names itself Streamlit, and on a deep link looks for its server below
the page's own address first, which leaves two errors in the console. The product's style sheet and
words are linked here, so that nothing jumps when they arrive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio.to_thread

from core.errors import AppError
from core.store.preferences import BASEMAP_URL, preferences
from pages._ui import runtime
from pages._ui.server.headers import document_policy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD = """
    <script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}</script>
    <script src="./assets/formats.js" defer></script>
    <script src="./assets/words.js" defer></script>
    <script src="./assets/taken.js" defer></script>
    <link rel="stylesheet" href="./assets/app.css" />
"""
REPLACEMENTS = (
    ("<head>", f"<head>{HEAD}"),
    ('<html lang="en">', '<html lang="zh-CN">'),
    ("<title>Streamlit</title>", "<title>深耕</title>"),
    ('href="./favicon.png"', 'href="./assets/favicon.svg"'),
)


def product_document(html: str) -> str:
    """Return Streamlit's document with the product's words, style sheet and icon."""
    for old, new in REPLACEMENTS:
        html = html.replace(old, new, 1)
    return html


# What would make the answer a compressed one, or none because the browser has Streamlit's already.
DROPPED_REQUEST = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
# The tag and the time stamp of the answer are those of the file, not of what is sent.
DROPPED_RESPONSE = (b"content-length", b"etag", b"last-modified", b"accept-ranges")


class OwnDocument:
    """Middleware that changes the document of a page and passes everything else through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or b"text/html" not in dict(scope["headers"]).get(b"accept", b""):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None or message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    html = product_document(body.decode())
                    policy = document_policy(html, await anyio.to_thread.run_sync(_online_basemap))
                    content = html.encode()
                    await send(_headed(start, len(content), policy))
                    await send({"type": "http.response.body", "body": content})

        headers = [(name, value) for name, value in scope["headers"] if name not in DROPPED_REQUEST]
        await self.app({**scope, "headers": headers}, receive, collect)


def _is_html(message: Message) -> bool:
    return b"text/html" in dict(message["headers"]).get(b"content-type", b"")


def _headed(start: Message, length: int, policy: str) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name not in DROPPED_RESPONSE]
    own = [(b"content-length", str(length).encode()), (b"content-security-policy", policy.encode())]
    return {**start, "headers": [*headers, *own]}


def _online_basemap() -> str:
    """Return where the tiles of the store's online basemap come from; empty for none."""
    try:
        return preferences(runtime.whole_store()).get(BASEMAP_URL, "") if runtime.exists() else ""
    except AppError:
        return ""
