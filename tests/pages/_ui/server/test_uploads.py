"""Files that come in are looked at before they are read."""

from __future__ import annotations

import asyncio

import pytest

from pages._ui.server.uploads import AT_ONCE, Uploads

PATH = "/_stcore/upload_file/SESSION/FILE"


def form(name: str) -> bytes:
    """Return the beginning of a form that sends a file."""
    return f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()


def send(*pieces: bytes, length: object = 1_000, method: str = "PUT") -> tuple[int, list[bytes]]:
    """Send a file piece by piece; return the status, and what reached Streamlit's own route."""
    reached: list[bytes] = []
    sent: list[dict] = []
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def app(_scope: object, receive, answer) -> None:
        while True:
            message = await receive()
            reached.append(message.get("body", b""))
            if not message.get("more_body"):
                break
        await answer({"type": "http.response.start", "status": 204, "headers": []})

    async def receive() -> dict:
        return waiting.pop(0)

    async def answer(message: dict) -> None:
        sent.append(message)

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    scope = {"type": "http", "method": method, "path": PATH, "headers": headers}
    asyncio.run(Uploads(app)(scope, receive, answer))
    return sent[0]["status"], reached


@pytest.mark.parametrize("name", ["sales.csv", "数据.XLSX", "plan.xlsx", "facts.parquet", "look.pptx"])
def test_what_a_page_reads_passes_whole(name: str) -> None:
    """The route gets every byte, also where the name comes in two pieces."""
    head = form(name)
    assert send(head[:50], head[50:], b"content") == (204, [head[:50], head[50:], b"content", b""])


@pytest.mark.parametrize("name", ["evil.exe", "page.svg", "nothing", "sales.csv.sh"])
def test_another_kind_is_refused_at_its_name(name: str) -> None:
    """Nothing of it reaches the route."""
    assert send(form(name), b"content") == (415, [])


@pytest.mark.parametrize(
    ("length", "status"), [(None, 411), ("-1", 411), ("many", 411), (2_000 * 2**20, 413)]
)
def test_the_size_is_said_beforehand(length: object, status: int) -> None:
    """Without it, or with too large a one, nothing is read."""
    assert send(form("sales.csv"), length=length) == (status, [])


def test_a_third_file_at_once_is_refused() -> None:
    """Who sends as many files as allowed at the same time waits with the next."""

    async def all_of_them() -> list[int]:
        hold = asyncio.Event()
        statuses: list[int] = []

        async def app(_scope: object, _receive: object, answer) -> None:
            await hold.wait()
            await answer({"type": "http.response.start", "status": 204, "headers": []})

        async def receive() -> dict:
            return {"type": "http.request", "body": form("sales.csv"), "more_body": False}

        async def answer(message: dict) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        guard = Uploads(app)
        scope = {"type": "http", "method": "PUT", "path": PATH, "headers": [(b"content-length", b"9")]}
        tasks = [asyncio.create_task(guard(scope, receive, answer)) for _number in range(AT_ONCE + 1)]
        while not statuses:
            await asyncio.sleep(0)
        hold.set()
        await asyncio.gather(*tasks)
        return statuses

    assert asyncio.run(all_of_them()) == [429, *[204] * AT_ONCE]


def test_a_team_sends_to_the_own_session_alone(team_mode: None) -> None:
    """Without the cookie of the session's user neither a file nor its removal gets through."""
    assert send(form("sales.csv")) == (403, [])
    assert send(method="DELETE", length=None) == (403, [])
