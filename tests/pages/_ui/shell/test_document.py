"""The first HTML document, made the product's own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from pages._ui.routes import ROUTES
from pages._ui.shell import document

PAGE = {"accept": "text/html,application/xhtml+xml", "accept-encoding": "gzip"}
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
APP = Starlette(
    routes=[
        Route("/", lambda _request: HTMLResponse(INDEX, headers={"etag": "theirs"})),
        Route("/text", lambda _request: PlainTextResponse("<title>Streamlit</title>")),
        *ROUTES,
    ],
    middleware=[Middleware(document.OwnDocument)],
)


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    text: str


def get(path: str, headers: dict[str, str] | None = None) -> Answer:
    """Ask the app for a path, as a server would."""
    said: list[dict] = []

    async def receive() -> dict:
        # Whoever listens for the visitor's leaving waits in vain.
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    asyncio.run(APP(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in said[1:])
    names = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], names, body.decode("utf-8"))


def test_the_document_is_the_products_own() -> None:
    """Every replacement finds its place in the document of the pinned Streamlit."""
    answer = get("/", PAGE)
    assert "<title>深耕</title>" in answer.text
    assert '<html lang="zh-CN">' in answer.text
    assert document.HEAD in answer.text
    assert all(
        found not in answer.text.replace(document.HEAD, "") or found == "<head>"
        for found, _put in document.REPLACEMENTS
    )
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.text.encode())


def test_everything_else_passes_through() -> None:
    """Only documents are changed, and only for those who ask for a document."""
    assert get("/text", PAGE).text == "<title>Streamlit</title>"
    assert "<title>Streamlit</title>" in get("/", {"accept": "*/*"}).text


@pytest.mark.parametrize(
    "name", ["app.css", "formats.js", "words.js", "taken.js", "words.json", "favicon.svg", "style.json"]
)
def test_what_the_document_links_to_is_served(name: str) -> None:
    """The product's own files and the offline basemap come from the same process."""
    assert get(f"/assets/{name}").status == 200


def test_the_basemap_names_no_other_machine() -> None:
    """The offline style has no address in it."""
    assert "http" not in get("/assets/style.json").text


def test_no_file_outside_the_folder_is_served() -> None:
    """A path that climbs out of the folder finds nothing."""
    assert get("/assets/../runtime.py").status == 404
    assert get("/assets/%2e%2e/runtime.py").status == 404
