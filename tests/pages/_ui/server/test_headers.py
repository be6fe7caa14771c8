"""What answers tell a browser."""

from __future__ import annotations

import asyncio

from pages._ui.server.headers import COMMON, Headers, document_policy


def answered(path: str, *headers: tuple[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """Return the head of an answer that came with some headers."""
    sent: list[dict] = []

    async def app(_scope: object, _receive: object, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(Headers(app)({"type": "http", "path": path}, None, send))
    return sent[0]["headers"]


def test_every_answer_carries_them_once() -> None:
    """What an answer says by itself stays; the rest is added."""
    found = answered("/", (b"Referrer-Policy", b"no-referrer"))
    names = [name.lower() for name, _value in found]
    assert sorted(names) == sorted(COMMON)
    assert dict(found)[b"Referrer-Policy"] == b"no-referrer"


def test_alone_tiles_may_be_kept() -> None:
    """One person's browser keeps tiles, and cookies stay as they are."""
    found = answered(
        "/tiles/x/1/1/1.json", (b"cache-control", b"private, max-age=3600"), (b"set-cookie", b"a=1")
    )
    assert (b"cache-control", b"private, max-age=3600") in found
    assert (b"set-cookie", b"a=1") in found


def test_a_team_leaves_nothing_behind(team_mode: None) -> None:
    """Data aren't kept by the browser, and cookies travel encrypted."""
    for path in ("/tiles/x/1/1/1.json", "/day/save", "/media/x.csv", "/assets/basemap.json"):
        found = answered(
            path, (b"Cache-Control", b"private, max-age=3600"), (b"set-cookie", b"a=1; HttpOnly")
        )
        kept = [value for name, value in found if name.lower() == b"cache-control"]
        assert kept == [b"no-store"]
        assert (b"set-cookie", b"a=1; HttpOnly; Secure") in found


def test_a_file_opened_by_itself_runs_nothing() -> None:
    """What somebody made is served without the right to run a script."""
    policy = dict(answered("/media/x.svg"))[b"content-security-policy"]
    assert policy.startswith(b"sandbox; default-src 'none'")


def test_the_document_names_its_own_scripts() -> None:
    """A script in the document is allowed by its hash, a strange one and strange places are not."""
    policy = document_policy("<script>let a = 1</script>", "https://tiles.example.com/{z}/{x}/{y}.png")
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'sha256-" in scripts
    assert "'unsafe-inline'" not in scripts
    assert "https://tiles.example.com" in policy
    assert "frame-ancestors 'self'" in policy
    assert "example.com" not in document_policy("")
