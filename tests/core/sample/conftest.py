"""One demonstration region of the default size for all tests that only look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.sample import build_sample
from core.store.database import Store


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demonstration region as the first start builds it."""
    path = tmp_path_factory.mktemp("sample") / "market.duckdb"
    build_sample(path)
    with Store.open(path) as store:
        yield store
