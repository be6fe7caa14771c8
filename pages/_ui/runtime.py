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
from core.store.replacement import exchange, generation_on_disk, prepare
from pages._ui import preparation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

log = logging.getLogger(__name__)
_lock = threading.RLock()
_exchange_lock = threading.Lock()
_store: Store | None = None


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
    try:
        return exists() and bool(store())
    except AppError:
        return False


def store() -> Store:
    """Return the open store; open it at the first call.

    Raises
    ------
    StoreError
        There is no store yet, or it can't be opened: in use elsewhere, damaged, of a newer version.
    """
    global _store  # noqa: PLW0603 - routes and pages share one process and one store
    with _lock:
        if _store is not None and (_store.is_broken or _store.path != path()):
            close()
        if _store is None:
            _store = Store.open(path(), create=False)
        return _store


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


def exchange_file(write: Callable[[Path], object]) -> Path | None:
    """Put another file in the place of the store while others read and write it.

    Parameters
    ----------
    write
        Writes the new file under the name it is given; the store goes on working meanwhile.

    Returns
    -------
    pathlib.Path or None
        Where the store of before was put aside; None where there was none.

    Raises
    ------
    StoreError
        The new file is no store, or somebody's work didn't end in time. The store is as it was.
    """
    global _store  # noqa: PLW0603
    settings = Settings.from_environment()
    with _exchange_lock:
        after = store().generation if ready() else generation_on_disk(path(), settings)
        fresh = prepare(path(), write, settings, after=after)
        # Whoever asks for the store from here on waits for the new one.
        with _lock:
            try:
                if _store is not None:
                    _store.release()
            except StoreError:
                fresh.discard()
                raise
            _store = None
            _store, aside = exchange(fresh)
            return aside


def is_demonstration() -> bool:
    """Tell whether the store holds the demonstration region."""
    return preferences(store()).get(DEMONSTRATION) == "yes"


def leave_demonstration() -> None:
    """Put the demonstration region among the backups and begin with an empty store."""
    aside = exchange_file(lambda fresh: Store.open(fresh).close())
    if aside is not None:
        backups().mkdir(parents=True, exist_ok=True)
        name = f"{path().stem}-demonstration-{dt.datetime.now():%Y%m%d-%H%M%S}{path().suffix}"
        shutil.move(aside, backups() / name)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open the store when the server starts and close it when it ends.

    A store or a setting that is wrong is no reason not to start: the page says what it is.
    """
    try:
        shutil.rmtree(uploads(), ignore_errors=True)
        if exists():
            store()
    except AppError as error:
        log.warning("%s", error)
    preparation.start()
    try:
        yield
    finally:
        preparation.stop()
        close()
