"""One Sail server for all tests of the cluster in a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.cluster.engine import Engine, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def sail() -> Iterator[Engine]:
    """Sail, open for the session; tests register tables of names of their own."""
    with open_engine("sail") as engine:
        yield engine
