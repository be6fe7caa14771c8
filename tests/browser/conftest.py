"""A real browser against a real server: one Chromium for all, one server per store, few stores.

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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from core.store.database import Store

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
    # WebGL needs a graphics processor, if only an emulated one; an emulated one that also puts the page
    # together and moves it softly takes a third of the time of all browser tests.
    "--disable-gpu-compositing",
    "--force-prefers-reduced-motion",
    # The browser itself calls home otherwise, and that is no business of the app's.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
# What follows a click is computed on the server; a busy machine takes many times as long as a page may.
PATIENCE_MS = 120_000
DEALER = "九州通医药"
RENAME = "UPDATE dealer SET name = ? WHERE dealer_id = 'D00001'"
LOGS: list[Path] = []
"""What each server of this process wrote."""
LOG_END = 3_000
UNTIL_THE_LAST = ExitStack()
"""The browser, its driver and the servers: what runs until the last browser test of this process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End what serves the browser tests with the last one: the driver's event loop bars others' own."""
    if nextitem is None or nextitem.get_closest_marker("browser") is None:
        UNTIL_THE_LAST.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Add to the report of a failed test what its page said, and what the servers logged last."""
    outcome = yield
    report = outcome.get_result()
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        report.sections.append((f"The page at {page.url}", page.locator("body").inner_text()))
        for log in LOGS:
            report.sections.append((f"The end of {log.name}", log.read_text()[-LOG_END:]))


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
        """Note an error; a map whose data changed meanwhile is told so, and is drawn anew."""
        if message.type == "error" and "status of 410" not in message.text:
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
def running(
    store: Path,
    log: Path,
    *options: str,
    port: int = 0,
    settings: dict[str, str] | None = None,
    root: Path = ROOT,
) -> Iterator[Server]:
    """Run the app on a store until the block ends.

    Parameters
    ----------
    options
        Further words of ``streamlit run``.
    port
        Where it listens; 0 for a free port.
    settings
        Further variables of the environment.
    root
        The folder of the build.
    """
    port = port or _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    environment = os.environ | {"SHENGENG_STORE": str(store), "SHENGENG_TEMP": str(store.parent / "tmp")}
    environment |= settings or {}
    LOGS.append(log)
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.port", str(port), *options],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=output,
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
def chromium() -> Browser:
    """The system's Chromium; without one the browser tests are skipped, except under CI."""
    sync_api = pytest.importorskip("playwright.sync_api")
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    playwright = UNTIL_THE_LAST.enter_context(sync_api.sync_playwright())
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    UNTIL_THE_LAST.callback(browser.close)
    return browser


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Server]:
    """Start the app on a store, with further words and settings; it runs until the last browser test."""
    # Each server would make the machine code that it doesn't find, and its visitors would wait for it.
    subprocess.run([sys.executable, "-m", "core", "prepare"], cwd=ROOT, check=True, capture_output=True)
    logs, number = tmp_path_factory.mktemp("logs"), count(1)
    return lambda store, *options, **more: UNTIL_THE_LAST.enter_context(
        running(store, logs / f"{next(number)}.log", *options, **more)
    )


@pytest.fixture(scope="session")
def ports() -> tuple[int, int]:
    """Two ports that nobody listens on, for servers whose addresses must be known beforehand."""
    return _free_port(), _free_port()


@pytest.fixture(scope="session")
def serve_region(
    serve: Callable[[Path], Server], sample_copy: Callable[[int], Path]
) -> Callable[[int], Server]:
    """Start the app on a demonstration region of its own, by the number of terminals."""

    def start(terminals: int) -> Server:
        path = sample_copy(terminals)
        with Store.open(path) as store:
            store.write(
                "rename", lambda cursor: cursor.execute(RENAME, [DEALER]), details={"entity": "dealer"}
            )
        return serve(path)

    return start


@pytest.fixture(scope="session")
def demonstration(serve_region: Callable[[int], Server]) -> Server:
    """The app on the demonstration region; tests that share it only look."""
    return serve_region(1_500)


@pytest.fixture(scope="session")
def workshop(serve_region: Callable[[int], Server]) -> Server:
    """The app on a small region; each file of tests changes another part of it."""
    return serve_region(300)


@pytest.fixture(scope="session")
def fieldwork(serve_region: Callable[[int], Server]) -> Server:
    """The app on a region with work for many reps, whose visits are planned and written down."""
    return serve_region(1_500)


@pytest.fixture(scope="session")
def empty(serve: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app on a store that holds nothing yet."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    Store.open(path).close()
    return serve(path)


@pytest.fixture
def record() -> Record:
    """What the page of this test asked for and complained about."""
    return Record()


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
