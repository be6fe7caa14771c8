"""One line for each request, with nobody's name in it."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from pages._ui.routes import ADDRESSES
from pages._ui.server.request_log import JsonLines, RequestLog, log, note_page, route


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written while the log is on."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(JsonLines().format(record))

    monkeypatch.setattr(log, "handlers", [Kept()])
    monkeypatch.setattr(log, "propagate", False)
    monkeypatch.setattr(log, "level", logging.INFO)
    log.manager._clear_cache()
    yield written
    log.manager._clear_cache()


def ask(path: str, status: int = 200, kind: str = "http") -> list[dict[str, object]]:
    """Send one request through the middleware and return what went out."""
    sent: list[dict[str, object]] = []

    async def app(_scope: object, _receive: object, send) -> None:
        if kind == "http":
            await send({"type": "http.response.start", "status": status, "headers": []})
        else:
            await send({"type": "websocket.accept"})

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "query_string": b"name=wang", "headers": [], "method": "GET"}
    asyncio.run(RequestLog(app, ADDRESSES)(scope, None, send))
    return sent


def test_a_request_is_one_line(lines: list[str]) -> None:
    """Id, route, status and milliseconds; the answer carries the same id."""
    sent = ask("/data", 200)
    line = json.loads(lines[0])
    assert (line["route"], line["status"], line["kind"]) == ("/data", 200, "http")
    assert line["milliseconds"] >= 0
    assert (b"x-request-id", line["request"].encode()) in sent[0]["headers"]
    assert "wang" not in lines[0]


def test_a_websocket_is_one_line(lines: list[str]) -> None:
    """Its status is that of the switch of protocols."""
    ask("/_stcore/stream", kind="websocket")
    assert json.loads(lines[0])["status"] == 101


def test_a_run_of_a_page_is_one_line(lines: list[str]) -> None:
    """It names the page and how long it took."""
    note_page("/customers", 0.0)
    assert json.loads(lines[0])["route"] == "/customers"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/tiles/SECRET/3/4/5.json", "/tiles/*"),
        ("/day/photos/SECRET/abc.jpg", "/day/photos/*"),
        ("/day/save", "/day/save"),
        ("/media/abcdef.xlsx", "/media/*"),
        ("/_stcore/upload_file/SESSION/FILE", "/_stcore/upload_file/*"),
        ("/oauth2callback", "/oauth2callback"),
        ("/Li-Wei-was-here", "*"),
        ("/", "/"),
    ],
)
def test_a_route_holds_no_token_and_no_name(path: str, written: str) -> None:
    """What stands for a session, a file or a person is left out."""
    ask("/")  # the pages are known once the middleware is made
    assert route(path) == written
