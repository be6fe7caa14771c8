"""One line of JSON for each request and each run of a page: what, how it ended, how long it took.

Nothing in it is personal: no name, no address of a machine, no parameter, no token, no file name.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDERS = ("/tiles/", "/borders/", "/day/photos/", "/media/", "/assets/", "/static/", "/component/",
           "/_stcore/upload_file/", "/_stcore/", "/auth/")  # fmt: skip
"""Below them stand tokens, sessions and names of files."""
WHOLE = ("/_stcore/stream", "/_stcore/health", "/_stcore/host-config", "/auth/login", "/auth/logout")
PAGES = {"", "healthz", "readyz", "oauth2callback", "day/save"}
log = logging.getLogger("shengeng.requests")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; ``extra={"fields": …}`` of the call stands in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, "fields", None)
        line |= {"message": record.getMessage()} if fields is None else fields
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def turn_on() -> None:
    """Write the log of requests, and what the program itself reports, to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, level in (("shengeng", logging.INFO), ("pages", logging.WARNING), ("core", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


class RequestLog:
    """Middleware that writes the line of a request and gives the answer its ``X-Request-ID``.

    Parameters
    ----------
    pages
        Addresses of pages; any other path is no route and isn't written down.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app = app
        PAGES.update(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"} or not log.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
            return
        request_id, started, status = secrets.token_hex(8), time.perf_counter(), 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message["headers"], (b"x-request-id", request_id.encode())]
                message = {**message, "headers": headers}
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and not status:
                status = 403
            await send(message)

        try:
            await self.app(scope, receive, note)
        finally:
            fields = {"request": request_id, "kind": scope["type"], "method": scope.get("method", "GET")}
            _write({**fields, "route": route(scope["path"]), "status": status or 500}, started)


def route(path: str) -> str:
    """Return a path without what stands for a person, a session or a file in it."""
    if path in WHOLE or path.strip("/") in PAGES:
        return path
    return next((f"{folder}*" for folder in FOLDERS if path.startswith(folder)), "*")


def note_page(path: str, started: float) -> None:
    """Write the line of one run of a page.

    Parameters
    ----------
    started
        When, by :func:`time.perf_counter`.
    """
    _write({"kind": "page", "route": route(path)}, started)


def _write(fields: dict[str, object], started: float) -> None:
    milliseconds = round((time.perf_counter() - started) * 1000, 1)
    log.info("request", extra={"fields": {**fields, "milliseconds": milliseconds}})
