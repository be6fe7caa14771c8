"""Running the pages without a browser: the shell on a store of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from core.sample import build_sample
from core.store.database import Store
from pages._ui import runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHELL = Path(__file__).resolve().parents[2] / "pages" / "_shell.py"
Run = "Callable[..., AppTest]"


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demonstration region, built once; copy it to change it."""
    path = tmp_path_factory.mktemp("sample") / "market.duckdb"
    build_sample(path, terminals=300, seed=1)
    return path


@pytest.fixture
def store_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's app looks for its store; nothing is there yet."""
    path = tmp_path / "market.duckdb"
    monkeypatch.setenv("SHENGENG_STORE", str(path))
    monkeypatch.setenv("SHENGENG_TEMP", str(tmp_path / "tmp"))
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")
    yield path
    runtime.close()


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
        app = AppTest.from_file(str(SHELL), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page is not None:
            app.switch_page(page).run()
        assert not app.exception
        return app

    return open_page
