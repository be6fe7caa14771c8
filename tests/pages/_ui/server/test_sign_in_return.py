"""Back to where somebody wanted to go."""

from __future__ import annotations

import asyncio

import pytest

from pages._ui.server.sign_in_return import SignInReturn, local_address

PUBLIC = "https://plans.example.com"


def answered(path: str, location: str, query: str = "", **headers: str) -> list[tuple[bytes, bytes]]:
    """Return the head of a redirect that went through the middleware."""
    sent: list[dict] = []

    async def app(_scope: object, _receive: object, send) -> None:
        await send(
            {"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode())]}
        )

    async def send(message: dict) -> None:
        sent.append(message)

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": pairs}
    asyncio.run(SignInReturn(app)(scope, None, send))
    return sent[0]["headers"]


def test_the_address_is_kept_over_the_way_to_the_provider(team_mode: None) -> None:
    """What the page's address was is where the provider's return leads, once."""
    wanted = "/terminal-map?lang=en&measure=share"
    gone = answered("/auth/login", "https://id.example.com/authorize?state=abc1", referer=PUBLIC + wanted)
    cookie = dict(gone)[b"set-cookie"].decode()
    assert cookie.startswith("shengeng_return_abc1=")
    assert "HttpOnly" in cookie
    back = answered("/oauth2callback", "/", "state=abc1&code=x", cookie=cookie.partition(";")[0])
    assert dict(back)[b"location"].decode() == wanted
    assert b"Max-Age=0" in dict(back)[b"set-cookie"]
    other = answered("/oauth2callback", "/", "state=abc2", cookie=cookie.partition(";")[0])
    assert dict(other)[b"location"] == b"/"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"{PUBLIC}/data?tab=check", "/data?tab=check"),
        ("/data", "/data"),
        ("https://evil.example/data", ""),
        ("//evil.example/data", ""),
        (f"{PUBLIC}//evil.example", "/evil.example"),
        (f"{PUBLIC}/\\evil.example", ""),
        (f"{PUBLIC}/data\r\nSet-Cookie: a=1", "/dataSet-Cookie: a=1"),  # no line of its own
        (f"{PUBLIC}/" + "a" * 3_000, ""),
    ],
)
def test_only_addresses_of_this_server_are_kept(team_mode: None, said: str, kept: str) -> None:
    """Nobody is led elsewhere after signing in."""
    assert local_address(said) == kept


def test_alone_nothing_is_kept() -> None:
    """Without sign-in the routes are left as they are."""
    found = answered("/auth/login", "/?state=abc1", referer="http://localhost/data")
    assert [name for name, _value in found] == [b"location"]
