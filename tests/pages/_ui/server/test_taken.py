"""What a browser makes of what it shows is in the audit, under whoever signed in there."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette

from core.access import User
from core.store.access import users
from core.store.audit.entries import AuditFilter, entries
from pages._ui import runtime
from pages._ui.server.taken import MAX_BYTES, ROUTES
from tests.team import PUBLIC, claims_of, cookie_of

if TYPE_CHECKING:
    from pathlib import Path

TOLD = {"name": "newplot.png", "page": "overview"}


def status(headers: dict[str, str], body: object = TOLD) -> int:
    """Tell of a file; return how it is answered."""
    kind = {"content-type": "application/json"}

    async def post() -> int:
        app = httpx.ASGITransport(Starlette(routes=ROUTES))
        async with httpx.AsyncClient(transport=app, base_url=PUBLIC) as client:
            answer = await client.post("/taken", content=json.dumps(body), headers={**kind, **headers})
        return answer.status_code

    return asyncio.run(post())


def test_it_is_written_down_under_who_signed_in(
    empty: Path, team_mode: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planner's picture is an export, a rep's is a refusal, and nobody's isn't listened to."""
    monkeypatch.setattr("pages._ui.server.taken.PAGES", {"overview"})
    store = runtime.whole_store()
    store.maintain(
        lambda cursor: cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('E1', 'W')")
    )
    users.add(store, User("", "li@x.cn", "Li", ("planner",)))
    users.add(store, User("", "wang@x.cn", "Wang", ("rep",), employee_id="E1"))
    own = {email: dict([cookie_of(claims_of(email))]) for email in ("li@x.cn", "wang@x.cn", "no@x.cn")}
    assert [status(own["li@x.cn"]), status(own["wang@x.cn"]), status(own["no@x.cn"]), status({})] == [
        204,
        403,
        403,
        403,
    ]
    found = entries(store, AuditFilter(action="export"))
    assert found[["actor", "kind", "entity"]].to_numpy().tolist() == [
        ["wang@x.cn", "refusal", "overview"],
        ["li@x.cn", "export", "overview"],
    ]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-type": "text/plain"}, TOLD),  # a form of another site
        ({}, ["x"]),  # no name
        ({}, {"name": "x" * MAX_BYTES, "page": ""}),  # too much
    ],
)
def test_what_cannot_be_read_is_not_written_down(empty: Path, headers: dict[str, str], body: object) -> None:
    """Another type, another form and a long text are refused."""
    assert status(headers, body) == 400
    assert entries(runtime.whole_store(), AuditFilter()).empty
