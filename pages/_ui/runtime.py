"""The one open store of this process: opened at the start, closed at the end, swapped on restore."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import threading
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import AppError, StoreError
from core.i18n import _
from core.settings import Settings
from core.store.database import Store
from core.store.preferences import DEMONSTRATION, preferences

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

log = logging.getLogger(__name__)
_lock = threading.RLock()
_store: Store | None = None
_opened = 0


def path() -> Path:
    """Return where the store is, as the settings say."""
    return Settings.from_environment().store


def backups() -> Path:
    """Return the folder of the store's backups."""
    return path().parent / "backups"


def uploads() -> Path:
    """Return the folder of uploaded files; what a session left there goes at the next start."""
    return Settings.from_environment().temp / "uploads"


def exists() -> bool:
    """Tell whether there is a store to open, or one is open."""
    return path().exists()


def ready() -> bool:
    """Tell whether the store is there and opens."""
    if not exists():
        return False
    try:
        store()
    except AppError:
        return False
    return True


def store() -> Store:
    """Return the open store; open it at the first call.

    Raises
    ------
    StoreError
        There is no store yet, or it can't be opened: in use elsewhere, damaged, of a newer version.
    """
    global _store, _opened  # noqa: PLW0603 - routes and pages share one process and one store
    with _lock:
        if _store is not None and _store.path != path():
            close()
        if _store is None:
            _store = Store.open(path(), create=False)
            _opened += 1
        return _store


def store_generation() -> int:
    """Return how many times a file was opened: a restored file may carry an old data version."""
    return _opened


def close() -> None:
    """Close the store, if one is open."""
    global _store  # noqa: PLW0603
    with _lock:
        if _store is not None:
            _store.close()
            _store = None


def create_empty() -> None:
    """Make an empty store, to be filled with one's own data."""
    with _lock:
        if exists():
            raise StoreError(
                _("There is a store at {path} already.", path=path()),
                _("Move it away first, or keep using it."),
            )
        Store.open(path()).close()


def exchange_file(change: Callable[[Path], None]) -> None:
    """Close the store, let ``change(path)`` put another file in its place, open that one."""
    with _lock:
        close()
        change(path())
        if exists():
            store()


def is_demonstration() -> bool:
    """Tell whether the store holds the demonstration region."""
    return preferences(store()).get(DEMONSTRATION) == "yes"


def leave_demonstration() -> None:
    """Put the demonstration region among the backups and begin with an empty store."""

    def change(file: Path) -> None:
        backups().mkdir(parents=True, exist_ok=True)
        name = f"{file.stem}-demonstration-{dt.datetime.now():%Y%m%d-%H%M%S}{file.suffix}"
        shutil.move(file, backups() / name)
        Store.open(file).close()

    exchange_file(change)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open the store when the server starts and close it when it ends.

    A store that can't be opened is no reason not to start: the page says why.
    """
    shutil.rmtree(uploads(), ignore_errors=True)
    if exists():
        try:
            store()
        except AppError as error:
            log.warning("%s", error)
    try:
        yield
    finally:
        close()
