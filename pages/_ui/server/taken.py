"""Files that a browser makes of what it shows: it tells of them, so that they are in the audit.

Whoever changes what the browser runs takes them without a word; what is shown can't be held back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.errors import AppError
from core.store.audit.events import record_export
from pages._ui import runtime
from pages._ui.server.request_log import PAGES
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import read_cookies
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_BYTES, MAX_NAME = 2_000, 200


async def taken(request: Request) -> Response:
    """Answer ``POST /taken``: 204 written down, 403 without the right, 400 for what isn't read."""
    # A form of another site can't send this type, so a browser asks before it sends from there.
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    said = request.headers.get("content-length", "")
    if kind != "application/json" or not said.isdecimal() or int(said) > MAX_BYTES:
        return Response(status_code=400)
    try:
        told = json.loads(await request.body())
        name, page = str(told["name"])[:MAX_NAME], str(told["page"])
    except (ValueError, TypeError, KeyError):
        return Response(status_code=400)

    def write_down() -> None:
        signs_in = team()
        sender = None if signs_in is None else read_cookies(request.headers.raw, signs_in.origin)
        with session.acting_as(sender):
            record_export(runtime.store(), name, entity=page if page in PAGES else None)

    try:
        await anyio.to_thread.run_sync(write_down)
    except AppError:
        return Response(status_code=403)
    return Response(status_code=204)


ROUTES: list[BaseRoute] = [Route("/taken", taken, methods=["POST"])]
