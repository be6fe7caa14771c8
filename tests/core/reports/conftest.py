"""One store that every test of the reports fills anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.core.store.market_world import open_store

if TYPE_CHECKING:
    from core.store.database import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an open store; each test replaces what it holds."""
    with open_store(tmp_path_factory.mktemp("reports")) as opened:
        yield opened
