"""Only pages under a name of this server get its data."""

from __future__ import annotations

import asyncio

import pytest

from pages._ui.server.hosts import REFUSED_CODE, AllowedHosts


def ask(
    kind: str, path: str, *, server: tuple[str, int] | None = None, **headers: str
) -> list[dict[str, object]]:
    """Return what is sent to a browser that asks for a page or opens a websocket."""
    sent: list[dict[str, object]] = []

    async def app(_scope: object, _receive: object, send) -> None:
        await send({"type": f"{kind}.reached"})

    async def receive() -> dict[str, object]:
        return {"type": f"{kind}.connect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "headers": pairs, "server": server}
    asyncio.run(AllowedHosts(app)(scope, receive, send))
    return sent


def reaches(kind: str, path: str, *, server: tuple[str, int] | None = None, **headers: str) -> bool:
    """Tell whether a request reaches the pages."""
    return ask(kind, path, server=server, **headers) == [{"type": f"{kind}.reached"}]


@pytest.mark.parametrize(
    ("host", "origin", "allowed"),
    [
        ("localhost:8501", None, True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("[::1]:8501", "http://localhost:8501", True),
        ("LOCALHOST", "http://localhost", True),
        ("evil.example:8501", None, False),
        ("localhost.evil.example", None, False),
        ("localhost:8501", "http://evil.example", False),
        ("localhost:8501", "null", False),
        ("", None, False),
        ("localhost@evil.example", None, False),
        ("plans.example", None, False),
    ],
)
def test_a_foreign_name_is_refused_on_pages_and_on_streams(host, origin, allowed) -> None:
    """A page and a websocket under another Host, or from another Origin, get nothing."""
    headers = {"host": host, **({} if origin is None else {"origin": origin})}
    assert reaches("http", "/", **headers) == allowed
    assert reaches("websocket", "/_stcore/stream", **headers) == allowed
    if not allowed:
        assert ask("http", "/", **headers)[0]["status"] == 403
        closed = {"type": "websocket.close", "code": REFUSED_CODE}
        assert ask("websocket", "/_stcore/stream", **headers) == [closed]


def test_names_of_the_setting_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What SHENGENG_HOSTS names is answered, whatever its case; others are not."""
    monkeypatch.setenv("SHENGENG_HOSTS", "Plans.example, 10.0.0.5")
    for host, allowed in (("plans.example:8501", True), ("10.0.0.5", True), ("10.0.0.6", False)):
        assert reaches("http", "/", host=host) == allowed


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/base/_stcore/metrics"])
def test_the_monitoring_route_is_closed(path) -> None:
    """Memory and sessions of the process are told to nobody."""
    assert ask("http", path, host="localhost")[0]["status"] == 404
    assert reaches("http", "/_stcore/health", host="localhost")


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/openapi.json"])
def test_pages_are_driven_by_browsers_alone(path) -> None:
    """Streamlit's interface for programs is closed."""
    assert ask("http", path, host="localhost")[0]["status"] == 404


def test_alone_nobody_comes_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to another address of this machine, or through a proxy, is refused unless one said so."""
    monkeypatch.setattr("sys.argv", ["app.py"])
    assert not reaches("http", "/", server=("10.0.0.5", 8501), host="localhost")
    assert not reaches("websocket", "/_stcore/stream", server=("10.0.0.5", 8501), host="localhost")
    assert reaches("http", "/", server=("127.0.0.1", 8501), host="localhost")
    for name in ("x-forwarded-for", "forwarded", "x-real-ip"):
        assert not reaches("http", "/", host="localhost", **{name: "10.0.0.9"})
    monkeypatch.setattr("sys.argv", ["app.py", "--insecure"])
    assert reaches("http", "/", server=("10.0.0.5", 8501), host="localhost", **{"x-real-ip": "10.0.0.9"})


@pytest.mark.parametrize(
    ("host", "origin", "allowed"),
    [
        ("plans.example.com", None, True),
        ("plans.example.com", "https://plans.example.com", True),
        ("localhost:8501", None, True),  # whatever watches over the process
        ("plans.example.com", "http://plans.example.com", False),
        ("plans.example.com", "https://plans.example.com:444", False),
        ("localhost:8501", "https://plans.example.com", False),  # a proxy that doesn't pass the name on
        ("localhost:8501", "http://localhost:8501", False),
        ("evil.example", None, False),
        ("plans.example.com", "https://evil.example", False),
    ],
)
def test_a_team_has_one_address(team_mode: None, host, origin, allowed) -> None:
    """Pages are those of the public address; through a proxy they are reached from anywhere."""
    headers = {"host": host, "x-forwarded-for": "10.0.0.9", **({} if origin is None else {"origin": origin})}
    assert reaches("http", "/", server=("10.0.0.5", 8501), **headers) == allowed
    assert reaches("websocket", "/_stcore/stream", **headers) == allowed
