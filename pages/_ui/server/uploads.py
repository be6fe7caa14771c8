"""Files that come in: their size, their kind and whose they are, looked at before they are read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from streamlit import config

from core.access import Right
from core.errors import AppError
from core.exchange.file_endings import READ
from core.i18n import _
from pages._ui import runtime
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import read_cookies
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+$")
KINDS = frozenset({*READ, ".parquet", ".pptx"})
"""Endings of what any page takes: data to import, a plan's workbook, a template of slides."""
RIGHTS = (Right.IMPORT, Right.PLAN_TARGETS, Right.EXPORT)
"""What files are brought for: to import, to change a plan, to export with the company's template."""
AT_ONCE = 2
HEAD_BYTES = 16 * 1024
"""A form names its file at its beginning."""
FORM_BYTES = 64 * 1024
"""What a form may be larger than the file in it."""
_NAME = re.compile(rb'filename\*?="?(?P<name>[^"\r\n;]*)["\r\n;]', re.IGNORECASE)


class Uploads:
    """Middleware that refuses a file too large, of no known kind, not one's own, or one too many at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._running: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        place = PATH.search(scope["path"]) if scope["type"] == "http" else None
        if place is None or scope["method"] not in {"PUT", "DELETE"}:
            await self.app(scope, receive, send)
            return
        session_id = place["session"]
        refusal = _whose(scope, session_id) or _size(scope)
        if refusal or scope["method"] == "DELETE":
            await self._answer(refusal, scope, receive, send)
            return
        sign_in = session.owner(session_id)
        who = session_id if sign_in is None else sign_in.handle
        if self._running[who] >= AT_ONCE:
            text = _("You are sending {n} files already; wait until they are there.", n=AT_ONCE)
            await PlainTextResponse(text, 429)(scope, receive, send)
            return
        self._running[who] += 1
        try:
            head = await _head(receive)
            await self._answer(_kind(head), scope, _again(head, receive), send)
        finally:
            self._running[who] -= 1
            if not self._running[who]:
                del self._running[who]

    async def _answer(
        self, refusal: tuple[int, str] | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            status, text = refusal
            await PlainTextResponse(text, status, {"Connection": "close"})(scope, receive, send)


def _whose(scope: Scope, session_id: str) -> tuple[int, str] | None:
    """Return why somebody may not send to a session; None where they may."""
    signs_in = team()
    if signs_in is None:
        return None
    sender, owner = read_cookies(scope["headers"], signs_in.origin), session.owner(session_id)
    refused = (403, _("You may not bring files here."))
    if sender is None or owner is None or sender.handle != owner.handle:
        return refused
    try:
        with session.acting_as(owner):
            access = session.access(runtime.whole_store())
    except AppError:
        return refused
    return None if any(access.can(right) for right in RIGHTS) else refused


def _size(scope: Scope) -> tuple[int, str] | None:
    headers = dict(scope["headers"])
    most = int(config.get_option("server.maxUploadSize"))
    said = headers.get(b"content-length", b"").decode("latin-1")
    if scope["method"] == "PUT" and not said.isdecimal():
        return 411, _("How large the file is must be said before it is sent.")
    if said.isdecimal() and int(said) > most * 2**20 + FORM_BYTES:
        return 413, _("The file is too large: at most {most} MB are read.", most=most)
    return None


def _kind(head: list[Message]) -> tuple[int, str] | None:
    found = _NAME.search(_body(head))
    name = "" if found is None else found["name"].decode("utf-8", "replace")
    if PurePosixPath(name.lower()).suffix in KINDS:
        return None
    return 415, _("Files of this kind aren't read. Those that are: {kinds}.", kinds=" ".join(sorted(KINDS)))


async def _head(receive: Receive) -> list[Message]:
    """Return the first messages of a request, so many that the name of the file is among them."""
    head = [await receive()]
    while head[-1].get("more_body") and len(_body(head)) < HEAD_BYTES and not _NAME.search(_body(head)):
        head.append(await receive())
    return head


def _body(messages: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in messages)


def _again(head: list[Message], receive: Receive) -> Receive:
    """Return what gives the messages already taken once more, then the others."""
    waiting = iter(head)

    async def replay() -> Message:
        return next(waiting, None) or await receive()

    return replay
