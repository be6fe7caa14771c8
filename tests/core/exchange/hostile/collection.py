"""All hostile and odd files, and the forty of them that every run of the tests reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.exchange.hostile.books import books
from tests.core.exchange.hostile.packages import packages
from tests.core.exchange.hostile.tables import tables
from tests.core.exchange.hostile.texts import texts
from tests.core.exchange.hostile.trees import trees

if TYPE_CHECKING:
    from collections.abc import Callable


def collection() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by kind and name; the last part of the name is what it is uploaded as."""
    kinds = {"text": texts(), "book": books(), "archive": packages(), "tree": trees(), "table": tables()}
    return {f"{kind}/{name}": make for kind, files in kinds.items() for name, make in files.items()}
