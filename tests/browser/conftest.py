"""A real browser against a real server: one Chromium for all, one server per store.

Every test that takes ``page`` ends with two facts about what it did: no request left the machine, and
nothing was reported as an error in the browser's console.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
LOCAL = {"127.0.0.1", "localhost", ""}
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # The browser itself calls home otherwise, and that is no business of the app's.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
# What follows a click is computed on the server; a busy machine takes many times as long as a page may.
PATIENCE_MS = 120_000
LOCK_PORT = 47_617


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Add to the report of a failed test what its page said."""
    outcome = yield
    report = outcome.get_result()
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        report.sections.append((f"The page at {page.url}", page.locator("body").inner_text()))


@dataclass
class Server:
    """A running app.

    Parameters
    ----------
    url
        Its address, without a slash at the end.
    store
        The file it works on.
    """

    url: str
    store: Path


@dataclass
class Record:
    """What a page asked for and complained about."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Note a request to another machine."""
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in LOCAL:
            self.outside.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Note an error."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(store: Path, log: Path) -> Iterator[Server]:
    """Run the app on a store until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    environment = os.environ | {"SHENGENG_STORE": str(store), "SHENGENG_TEMP": str(store.parent / "tmp")}
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    server = Server(f"http://localhost:{port}", store)
    try:
        deadline = time.monotonic() + 60
        while not _answers(server.url):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one the browser tests are skipped, except under CI."""
    sync_api = pytest.importorskip("playwright.sync_api")
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Server]]:
    """Start the app on a store; it runs until the end of the session."""
    from contextlib import ExitStack

    logs = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        yield lambda store: stack.enter_context(running(store, logs / f"{store.stem}.log"))


@pytest.fixture(scope="session")
def demonstration(serve: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app on the demonstration region; tests that share it only look."""
    from core.sample import build_sample

    store = tmp_path_factory.mktemp("demonstration") / "market.duckdb"
    build_sample(store, terminals=1_500, seed=1)
    return serve(store)


@pytest.fixture
def record() -> Record:
    """What the page of this test asked for and complained about."""
    return Record()


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Let one process at a time drive a browser: two of them starve each other of the processor.

    A port serves as the lock, since every system frees it when its owner dies.
    """
    with socket.socket() as lock:
        while True:
            try:
                lock.bind(("127.0.0.1", LOCK_PORT))
                break
            except OSError:
                time.sleep(0.2)
        yield


@pytest.fixture
def page(chromium: Browser, record: Record) -> Iterator[Page]:
    """A fresh page at the size of a director's laptop, watched while the test runs."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("request", record.request)
    page.on("console", record.console)
    page.on("pageerror", lambda error: record.errors.append(str(error)))
    yield page
    context.close()
    assert record.outside == []
    assert record.errors == []
