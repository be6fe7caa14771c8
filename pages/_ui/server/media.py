"""Files that pages make: each is for whoever made it, and made with that person's rights.

Streamlit serves such a file to whoever knows its address, which is a hash of what is in it, and makes what a
click asks for outside the session. Here the making runs in the name of the session's user, and where a team
works an address answers to that user's browser alone.
"""

from __future__ import annotations

import posixpath
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from streamlit.runtime import get_instance

from core.access import Right
from pages._ui import runtime
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import read_cookies
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from streamlit.runtime.media_file_manager import MediaFileManager

FOLDER = "/media/"
REMEMBERED = 2_000
_made: OrderedDict[tuple[str, str], None] = OrderedDict()
"""Name of a file and handle of whom it was made for, of files that a click asked for."""


def guard_downloads() -> None:
    """Make what a click asks for in the name of the session's user; called once, when the server starts."""
    manager = get_instance().media_file_mgr
    make = manager.execute_deferred

    def make_for_owner(file_id: str) -> str:
        entry = manager._deferred_callables.get(file_id)
        sign_in = None if entry is None else session.owner(entry["session_id"])
        with session.acting_as(sign_in):
            runtime.require(Right.EXPORT)
            address = make(file_id)
        if sign_in is not None:
            _made[posixpath.basename(address), sign_in.handle] = None
            while len(_made) > REMEMBERED:
                _made.popitem(last=False)
        return address

    manager.execute_deferred = make_for_owner  # type: ignore[method-assign]


class OwnMedia:
    """Middleware that gives a file to the browser of whom it was made for, and to nobody else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        signs_in = team()
        if signs_in is not None and scope["type"] == "http" and scope["path"].startswith(FOLDER):
            sign_in = read_cookies(scope["headers"], signs_in.origin)
            name = posixpath.basename(scope["path"])
            if sign_in is None or not session.is_open(sign_in) or not _belongs(name, sign_in.handle):
                await PlainTextResponse("", 404)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _belongs(name: str, handle: str) -> bool:
    if (name, handle) in _made:
        return True
    manager: MediaFileManager = get_instance().media_file_mgr
    file_id = posixpath.splitext(name)[0]
    holders = (
        session.owner(session_id)
        for session_id, files in list(manager._files_by_session_and_coord.items())
        if file_id in files.values()
    )
    return any(holder is not None and holder.handle == handle for holder in holders)
