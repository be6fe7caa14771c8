"""A file is for whom it was made."""

from __future__ import annotations

import asyncio
import json
import time
from types import SimpleNamespace

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages._ui.server import media
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import SignIn

PUBLIC = "https://plans.example.com"
NOW = time.time()


def status(path: str, subject: str | None = None) -> int:
    """Ask for a file as somebody's browser; 200 where Streamlit is let answer."""
    sent: list[dict] = []

    async def app(_scope: object, _receive: object, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict) -> None:
        sent.append(message)

    claims = {"iss": "i", "sub": subject, "iat": NOW, "is_logged_in": True, "origin": PUBLIC}
    value = create_signed_value("s" * 32, "_streamlit_user", json.dumps(claims)).decode()
    headers = [(b"cookie", f"_streamlit_user={value}".encode())] if subject else []
    asyncio.run(media.OwnMedia(app)({"type": "http", "path": path, "headers": headers}, None, send))
    return sent[0]["status"]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file that Li's session shows, another that Li's click made."""
    li = SignIn("i", "li", "", NOW)
    manager = SimpleNamespace(_files_by_session_and_coord={"one": {"place": "shown"}})
    monkeypatch.setattr(media, "get_instance", lambda: SimpleNamespace(media_file_mgr=manager))
    monkeypatch.setattr(session, "_sessions", {"one": li})
    monkeypatch.setattr(media, "_made", {("made.csv", li.handle): None})


def test_a_team_gets_the_own_files_alone(team_mode: None, files: None) -> None:
    """Its maker's browser gets a file, a colleague's and a nobody's don't."""
    for path in ("/media/shown.png", "/media/made.csv"):
        assert (status(path, "li"), status(path, "wang"), status(path)) == (200, 404, 404)
    assert status("/media/other.csv", "li") == 404


def test_a_file_ends_with_signing_out(team_mode: None, files: None) -> None:
    """Who signed out gets nothing any more."""
    session.end(SignIn("i", "li", "", NOW))
    assert status("/media/made.csv", "li") == 404


def test_alone_files_are_streamlits_own() -> None:
    """Without sign-in nothing is asked."""
    assert status("/media/any.csv") == 200
