"""The one open store of this process: opened at the start, closed at the end, swapped on restore."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import threading
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import AppError, StoreBusyError, StoreError
from core.i18n import _
from core.settings import Settings
from core.store.backup import clear_unfinished
from core.store.compaction import Space, compacted, space
from core.store.database import READ_GRACE, Store
from core.store.loading.retention import clear_expired
from core.store.preferences import DEMONSTRATION, preferences
from core.store.replacement import exchange, generation_on_disk, prepare, remove_store
from core.workspace import own_folder
from pages._ui import preparation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from core.store.progress import Watch
    from core.store.replacement import Replacement

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
    """Return the folder of uploaded files; it goes with this process."""
    return own_folder(Settings.from_environment().temp) / "uploads"


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
    settings = Settings.from_environment()
    with _exchange_lock:
        after = store().generation if ready() else generation_on_disk(path(), settings)
        fresh = prepare(path(), write, settings, after=after)
        try:
            return _take_place(fresh)
        finally:
            fresh.discard()


def compact(watch: Watch) -> tuple[Space, Space]:
    """Write the store anew while others read and write it; return its space before and after."""
    with _exchange_lock:
        before = space(store())
        with compacted(store(), watch, Settings.from_environment()) as fresh:
            # It holds the same as the new one, which was compared with it.
            remove_store(_take_place(fresh))
        return before, space(store())


def _take_place(fresh: Replacement) -> Path | None:
    """Put a prepared file in the place of the store; return where the one of before was put aside."""
    global _store  # noqa: PLW0603
    # Whoever asks for the store from here on waits for the new one. Bounded, as one who closes the store
    # meanwhile holds this lock and waits for the changes that were let end here.
    if not _lock.acquire(timeout=READ_GRACE):
        raise StoreBusyError(
            _("The store {path} is still in use in this program.", path=path()), _("Try again in a minute.")
        )
    try:
        if _store is not None:
            _store.release()
        _store = None
        _store, aside = exchange(fresh)
        return aside
    finally:
        _lock.release()


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
        if exists():
            clear_expired(store())
            clear_unfinished(path(), backups())
    except AppError as error:
        log.warning("%s", error)
    preparation.start()
    try:
        yield
    finally:
        preparation.stop()
        close()
