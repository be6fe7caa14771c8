"""Running the pages without a browser: the shell on a store of its own."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.store.database import Store
from core.store.frames import prefer_small_frames
from pages._ui import runtime
from pages._ui.shell.navigation import SECTIONS
from tests.team import team_signs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHELL = Path(__file__).resolve().parents[2] / "pages" / "_shell.py"
ADDRESSES = {file: address for rows in SECTIONS.values() for file, address, _icon, _title in rows}


def open_app(page: str | None = None, user: dict[str, object] | None = None, **query: str) -> AppTest:
    """Open a page by its address, as a browser does, without opening the overview before it."""
    app = AppTest.from_file(str(SHELL), default_timeout=240)
    app.query_params.update(query)
    if user is not None:
        app.user = user
    if page is not None:
        # ``switch_page`` knows the pages only after a first run.
        app._page_hash = calc_hash(ADDRESSES[page])
    return app.run()


@pytest.fixture(autouse=True)
def _small_frames() -> Iterator[None]:
    """Handle tables as the running server does, and leave other tests of this process as they were."""
    with pd.option_context("mode.string_storage", "auto"):
        prefer_small_frames()
        yield


@pytest.fixture(scope="session", autouse=True)
def _components() -> Iterator[None]:
    """Search the installed packages for Streamlit's components once; AppTest would for every app."""
    search = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", search)
        yield


@pytest.fixture(scope="session")
def demonstration_file(sample_copy) -> Path:
    """A small demonstration region, built once; copy it to change it."""
    return sample_copy(300)


@pytest.fixture
def store_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's app looks for its store; nothing is there yet."""
    path = tmp_path / "market.duckdb"
    monkeypatch.setenv("SHENGENG_STORE", str(path))
    monkeypatch.setenv("SHENGENG_TEMP", str(tmp_path / "tmp"))
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")
    runtime.close()
    yield path
    runtime.close()


@pytest.fixture(scope="session")
def shown_file(sample_copy) -> Path:
    """The demonstration region of all tests that only look."""
    return sample_copy(300)


@pytest.fixture
def look_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let the app stand on a store at which tests only look: it stays open for the next one."""

    def stand(path: Path) -> None:
        monkeypatch.setenv("SHENGENG_STORE", str(path))
        monkeypatch.setenv("SHENGENG_TEMP", str(path.parent / "tmp"))
        monkeypatch.setenv("SHENGENG_LANGUAGE", "en")

    return stand


@pytest.fixture
def shown(shown_file: Path, look_at: Callable[[Path], None]) -> Path:
    """The app only shows the demonstration region."""
    look_at(shown_file)
    return shown_file


@pytest.fixture
def empty(store_path: Path) -> Path:
    """The app's store is there and holds nothing."""
    Store.open(store_path).close()
    return store_path


@pytest.fixture
def full(store_path: Path, demonstration_file: Path) -> Path:
    """The app's store holds the demonstration region."""
    shutil.copy(demonstration_file, store_path)
    return store_path


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Open a page as a visitor does: ``visit("settings.py", lang="en")``."""

    def open_page(page: str | None = None, **query: str) -> AppTest:
        app = open_app(page, **query)
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def team_mode(tmp_path: Path) -> Iterator[None]:
    """A team signs in, as the secrets of this test say."""
    with team_signs_in(tmp_path):
        yield
