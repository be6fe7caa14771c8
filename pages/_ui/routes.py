"""What the process serves beside Streamlit: its own static files and the offline basemap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from core.settings import ROOT
from pages._ui.cycle.day import service as day
from pages._ui.origin import RequestOrigin
from pages._ui.server import health, taken
from pages._ui.server.headers import Headers
from pages._ui.server.hosts import AllowedHosts
from pages._ui.server.media import OwnMedia
from pages._ui.server.request_log import RequestLog
from pages._ui.server.sign_in_return import SignInReturn
from pages._ui.server.uploads import Uploads
from pages._ui.shell.document import OwnDocument
from pages._ui.shell.navigation import FIRST, SECTIONS
from pages._ui.shell.streamlit_texts import pairs
from pages._ui.terminals import basemap
from pages._ui.tiles import service

if TYPE_CHECKING:
    from starlette.requests import Request

ASSETS = Path(__file__).parent / "assets"
STYLE = ROOT / "data" / "basemap" / "style.json"


async def style(_request: object) -> FileResponse:
    """Serve the basemap's style; a map takes an address, not a dictionary."""
    return FileResponse(STYLE, media_type="application/json")


async def first_page(request: Request) -> RedirectResponse:
    """Lead the first page's own name to where it stands, which is the root; Streamlit knows only that."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")


async def words(_request: object) -> JSONResponse:
    """Serve the words that Streamlit itself shows."""
    return JSONResponse(pairs())


ROUTES: list[BaseRoute] = [
    Route(f"/{FIRST}", first_page),
    Route("/assets/style.json", style),
    Route("/assets/words.json", words),
    *health.ROUTES,
    *basemap.ROUTES,
    *service.ROUTES,
    *day.ROUTES,
    *taken.ROUTES,
    Mount("/assets", StaticFiles(directory=ASSETS)),
]

ADDRESSES = frozenset(address for rows in SECTIONS.values() for _file, address, _icon, _title in rows)
# From the outside in: what is refused is written down too, and says how it is to be read.
MIDDLEWARE = [
    Middleware(RequestLog, pages=ADDRESSES),
    Middleware(Headers),
    Middleware(AllowedHosts),
    Middleware(RequestOrigin),
    Middleware(SignInReturn),
    Middleware(OwnMedia),
    Middleware(Uploads),
    Middleware(OwnDocument),
]
