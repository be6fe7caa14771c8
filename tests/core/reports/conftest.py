"""Stores for the tests of the reports: one that every test fills anew, and demonstration regions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.database import Store
from tests.core.store.market_world import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an open store; each test replaces what it holds."""
    with open_store(tmp_path_factory.mktemp("reports")) as opened:
        yield opened


@pytest.fixture(scope="session")
def region_file(sample_copy) -> Path:
    """Return a small demonstration region that nobody writes to."""
    return sample_copy(300)


@pytest.fixture
def region(region_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a copy of the region, to write to."""
    path = tmp_path / "market.duckdb"
    shutil.copy(region_file, path)
    with Store.open(path) as opened:
        yield opened
