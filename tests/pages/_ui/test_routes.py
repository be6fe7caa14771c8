"""What the process serves beside Streamlit."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from pages._ui.routes import ROUTES, first_page
from pages._ui.shell.navigation import FIRST, SECTIONS


def test_the_first_page_is_found_under_its_own_name() -> None:
    """Whoever types its address by hand gets the page, with what stands behind the question mark."""
    assert FIRST in [address for rows in SECTIONS.values() for _file, address, _icon, _title in rows]
    assert f"/{FIRST}" in [getattr(route, "path", "") for route in ROUTES]
    for query, target in ((b"", "./"), (b"lang=en&level=city", "./?lang=en&level=city")):
        scope = {
            "type": "http",
            "path": f"/{FIRST}",
            "query_string": query,
            "headers": [],
            "server": ("host", 80),
        }
        answer = asyncio.run(first_page(Request(scope)))
        assert (answer.status_code, answer.headers["location"]) == (307, target)
