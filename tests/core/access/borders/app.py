"""The running app as those who sign in have it: pages with their files, and what is asked over HTTP."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest import mock

import httpx
import numpy as np
from itsdangerous import TimestampSigner
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from core.access import Right, User
from core.errors import NotAllowedError
from core.geo.cells import CELL_ZOOM, tile_of
from core.store.access import users
from core.store.caching.sales_window import SalesWindow
from core.store.cycle.day.photos import add_photo, folder, read_photo
from pages._ui import runtime
from pages._ui.cycle.day import service as day
from pages._ui.cycle.day.token import DayToken
from pages._ui.shell.navigation import SECTIONS
from pages._ui.sign_in import session
from pages._ui.tiles import service
from pages._ui.tiles.token import BorderToken, TileToken
from tests.core.access.borders.entry_points import FIRST, LAST, ROOT
from tests.core.access.borders.writes import a_photo
from tests.team import PUBLIC, claims_of, cookie_of, sign_in_of, team_signs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.access.access import Access
    from tests.core.access.borders.run import Borders

SHELL = ROOT / "pages" / "_shell.py"
PAGES = tuple(file for rows in SECTIONS.values() for file, _address, _icon, _title in rows)
PARTS = ("", "list", "grading", "terminals", "dealers", "scores", "prospects", "strategy", "response", "load")
ZOOMS = (3, 5, 7, 9, 11, 13)


@dataclass(frozen=True)
class Offered:
    """A button that hands out a file."""

    name: str
    make: Callable[[], bytes]


class TeamApp:
    """The app on the store of a run, in which everybody of the run may sign in.

    Parameters
    ----------
    borders
        The run; what is found is counted there.
    """

    def __init__(self, borders: Borders) -> None:
        self._borders, self._random = borders, borders.random
        self._stack = ExitStack()
        variables = {"STORE": str(borders.store.path), "TEMP": str(borders.folder / "tmp"), "LANGUAGE": "en"}
        environment = {f"SHENGENG_{name}": value for name, value in variables.items()}
        self._stack.enter_context(mock.patch.dict(os.environ, environment))
        self._stack.enter_context(mock.patch.object(runtime, "_store", borders.store))
        self._stack.enter_context(team_signs_in(borders.folder))
        self._offered: list[Offered] = []
        self._stack.enter_context(mock.patch("streamlit.download_button", self._note_button))
        self._claims = {access.actor: claims_of(access.actor) for access in borders.accesses}
        for access in borders.accesses:
            role = access.actor.partition("@")[0].rstrip("0123456789")
            user = User("", access.actor, access.actor, (role,), access.region_ids, None, access.employee_id)
            users.add(borders.store, user)
        self._photos = self._add_photos()
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=[*service.ROUTES, *day.ROUTES])), base_url=PUBLIC
        )

    def close(self) -> None:
        """Give the store back."""
        self._stack.close()

    def open_pages(self, access: Access, times: int) -> None:
        """Open pages by chance with addresses of the whole store, and take every file they offer."""
        keys = self._borders.keys.by_column
        for page in self._random.sample(PAGES, min(times, len(PAGES))):
            address = {
                "region": self._random.choice(keys["region_id"]),
                "within": self._random.choice(["", *keys["region_id"]]),
                "shop": self._random.choice(keys["terminal_id"]),
                "customer": self._random.choice([f"terminal:{keys['terminal_id'][0]}", keys["dealer_id"][0]]),
                "rep": self._random.choice(keys["employee_id"]),
                "part": self._random.choice(PARTS),
            }
            self._offered.clear()
            self._borders.hold(f"page {page}", access, partial(self._page, access, page, address))
            for offered in tuple(self._offered):
                self._borders.hold(f"{page}, {offered.name}", access, partial(self._taken, access, offered))

    def ask_routes(self, access: Access) -> None:
        """Ask for tiles, borders and photos: with the own token, somebody else's, an old and an ended one."""
        own, other = self._claims[access.actor], self._claims[self._random.choice(self._others(access)).actor]
        for kind, address in self._addresses(access):
            self._borders.hold(kind, access, partial(self._answer, address, own))
            self._refused(kind, access, address, other, "another's token")
            self._refused(kind, access, address, None, "a token without a sign-in")
        with mock.patch.object(TimestampSigner, "get_timestamp", return_value=1_000_000_000):
            old = self._addresses(access)
        for kind, address in old:
            self._refused(kind, access, address, own, "an old token")
        ended = claims_of(access.actor)
        with session.acting_as(sign_in_of(ended)):
            address = self._tile_address()
        session.end(sign_in_of(ended))
        self._refused("tile", access, address, ended, "a token of an ended session")
        self._photo_elsewhere(access)

    def _others(self, access: Access) -> list[Access]:
        return [other for other in self._borders.accesses if other.actor != access.actor]

    def _addresses(self, access: Access) -> list[tuple[str, str]]:
        with session.acting_as(sign_in_of(self._claims[access.actor])):
            border = BorderToken("county", version=service.version()).sign()
            place = self._place()
            return [("tile", self._tile_address()), ("border", f"/borders/{border}/{place}.json")]

    def _tile_address(self) -> str:
        own = self._borders.keys.own_company
        token = TileToken(SalesWindow(own, FIRST, LAST), language="en", version=service.version())
        return f"/tiles/{token.sign()}/{self._place()}.json"

    def _place(self) -> str:
        """Return a tile over a shop of the whole store."""
        zoom = self._random.choice(ZOOMS)
        text = "SELECT t.cell AS v FROM terminal AS t WHERE t.cell IS NOT NULL ORDER BY t.terminal_id"
        cell = int(self._random.choice(self._borders.store.fetch(text)["v"].to_pylist()))
        return "/".join(map(str, _tile_of(cell, zoom)))

    def _photo_elsewhere(self, access: Access) -> None:
        """Ask for a photo of another rep's visit, with a token for oneself and one for that rep."""
        text = "SELECT v.employee_id AS v FROM visit AS v WHERE v.visit_id = $visit"
        for visit, sha256 in self._photos.items():
            rep = str(self._borders.store.fetch(text, {"visit": visit})["v"][0].as_py())
            if access.employee_id is None or rep == access.employee_id:
                continue
            for employee in (access.employee_id, rep):
                with session.acting_as(sign_in_of(self._claims[access.actor])):
                    token = DayToken(employee, access.actor, "en").sign()
                self._refused(
                    "photo", access, f"/day/photos/{token}/{sha256}.jpg", self._claims[access.actor],
                    "a photo of another's visit",
                )  # fmt: skip

    def _refused(self, kind: str, access: Access, address: str, claims: Any, what: str) -> None:
        self._borders.outcome.requests += 1
        status = asyncio.run(self._get(address, claims)).status_code
        if status not in {403, 404}:
            self._borders.outcome.leaks.append(f"{access.actor}: {kind}: {what} is answered with {status}")

    def _answer(self, address: str, claims: dict[str, Any]) -> tuple[int, bytes]:
        answer = asyncio.run(self._get(address, claims))
        if answer.status_code not in {200, 204}:
            raise RuntimeError(f"the own token is answered with {answer.status_code}")
        return answer.status_code, answer.content

    async def _get(self, address: str, claims: dict[str, Any] | None) -> httpx.Response:
        return await self._http.get(address, headers=dict([cookie_of(claims)] if claims else []))

    def _page(self, access: Access, page: str, address: dict[str, str]) -> list[str]:
        app = AppTest.from_file(str(SHELL), default_timeout=120)
        app.user = self._claims[access.actor]
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(page).run()
        return [_text(node) for node in _nodes(app._tree)]

    def _note_button(self, label: str, data: Callable[[], bytes], file_name: str, *_: Any, **__: Any) -> None:
        self._offered.append(Offered(f"{label}, {file_name}", data))

    def _taken(self, access: Access, offered: Offered) -> bytes:
        """Return a file that a page offers; note where somebody gets one who may take none out."""
        with session.acting_as(sign_in_of(self._claims[access.actor])):
            try:
                data = offered.make()
            except NotAllowedError:
                data = b""
        if data and not access.can(Right.EXPORT):
            self._borders.outcome.leaks.append(f"{access.actor}: takes {offered.name} without the right")
        return data

    def _add_photos(self) -> dict[str, str]:
        text = "SELECT v.visit_id AS v FROM visit AS v ORDER BY HASH(v.visit_id) LIMIT 3"
        found = {}
        for visit in self._borders.store.fetch(text)["v"].to_pylist():
            photo = read_photo(a_photo(self._random))
            add_photo(self._borders.store, visit, photo, actor="local")
            found[visit] = photo.sha256
        assert folder(self._borders.store).is_dir()
        return found


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _text(node: Any) -> str:
    """Return everything a page sends for an element, the rows of tables and the choices of lists too."""
    proto = getattr(node, "proto", None)
    return "" if proto is None else proto.SerializeToString().decode("latin-1")


def _tile_of(cell: int, zoom: int) -> tuple[int, int, int]:
    """Return the tile of a zoom that a cell lies in."""
    column, row = tile_of(np.array([cell >> 2 * (CELL_ZOOM - zoom)]))
    return zoom, int(column[0]), int(row[0])
