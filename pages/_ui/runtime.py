"""The one open store of this process: opened at the start, closed at the end, swapped on restore.

Where versions of roll-ups are shown instead, a visitor's page goes on with the version it began with.
"""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.access import Right
from core.errors import AppError, StoreBusyError, StoreError
from core.i18n import _
from core.rollup.published_store import PublishedStore
from core.rollup.replica import Replica
from core.settings import Settings
from core.store.copies.compaction import Space, compacted, space
from core.store.copies.replacement import exchange, generation_on_disk, prepare, remove_store
from core.store.database import Store
from core.store.open_file import READ_GRACE
from core.store.preferences import DEMONSTRATION, preferences
from core.workspace import own_folder
from pages._ui.sign_in import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.copies.replacement import Exchanged, Replacement
    from core.store.progress import Watch

_lock = threading.RLock()
_exchange_lock = threading.Lock()
_store: Store | None = None
_replica: Replica | None = None
_SHOWN = "version_shown"


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
    """Tell whether there is a store to open, or one is open, or versions are shown instead."""
    return Settings.from_environment().rollups is not None or path().exists()


def ready() -> bool:
    """Tell whether the store is there and opens."""
    try:
        return exists() and bool(whole_store())
    except AppError:
        return False


def store() -> Store:
    """Return the open store as whoever runs this may see and change it.

    Raises
    ------
    StoreError
        There is no store yet, or it can't be opened: in use elsewhere, damaged, of a newer version.
    NotSignedInError, NotAdmittedError
        Nobody is signed in here, or the store doesn't let them in.
    """
    whole = whole_store()
    return whole if session.is_alone() else whole.for_access(session.access(whole))


def access_key() -> tuple[object, ...]:
    """Return what tells answers apart that are kept in memory: what whoever runs this may do and see.

    Raises
    ------
    NotSignedInError, NotAdmittedError
        Nobody is signed in here, or the store doesn't let them in.
    """
    return session.access(whole_store()).key


def is_admitted() -> bool:
    """Tell whether whoever runs this is let in, now."""
    if session.is_alone():
        return True
    try:
        session.access(whole_store())
    except AppError:
        return False
    return True


def whole_store() -> Store:
    """Return the open store, everything in it; open it at the first call. For the server's own work alone.

    Raises
    ------
    StoreError
        There is no store yet, or it can't be opened: in use elsewhere, damaged, of a newer version.
    """
    global _store  # noqa: PLW0603 - routes and pages share one process and one store
    if Settings.from_environment().rollups is not None:
        # Routes and background work have no session, and take the newest version.
        in_page = get_script_run_ctx(suppress_warning=True) is not None
        return (st.session_state.get(_SHOWN) if in_page else None) or replica().store()
    with _lock:
        if _store is not None and (_store.is_broken or _store.path != path()):
            close()
        if _store is None:
            _store = Store.open(path(), create=False)
        return _store


def opened() -> Store | None:
    """Return the store if it is open, everything in it; for the server's own work alone."""
    return _store


def require(right: Right) -> None:
    """Refuse what whoever runs this may not do, and write that down.

    Raises
    ------
    NotAllowedError
        The right is missing.
    """
    if not session.is_alone():
        shown = store()
        with shown.noting_refusals(right):
            shown.access.require(right)


def may(right: Right) -> bool:
    """Tell whether whoever runs this is let in and has a right, now."""
    try:
        return session.is_alone() or session.access(whole_store()).can(right)
    except AppError:
        return False


def replica() -> Replica:
    """Return the copy of the newest version that this process shows."""
    global _replica  # noqa: PLW0603
    settings = Settings.from_environment()
    assert settings.rollups is not None
    with _lock:
        if _replica is not None and _replica.folder != settings.rollups:
            _replica.close()
            _replica = None
        if _replica is None:
            _replica = Replica(settings.rollups, settings)
        return _replica


def begin_page() -> None:
    """Show the newest version from here on; what is already on its way to the screen keeps its own."""
    st.session_state.pop(_SHOWN, None)
    if Settings.from_environment().rollups is not None:
        st.session_state[_SHOWN] = replica().store()


def published() -> PublishedStore | None:
    """Return the version that is shown; None where a store is."""
    shown = store()
    return shown if isinstance(shown, PublishedStore) else None


def close() -> None:
    """Close the store, if one is open."""
    global _store, _replica  # noqa: PLW0603
    with _lock:
        if _replica is not None:
            _replica.close()
            _replica = None
        if _store is not None:
            _store.close()
            _store = None


def create_empty() -> None:
    """Make an empty store, to be filled with one's own data."""
    require(Right.ADMINISTER)
    with _lock:
        if exists():
            raise StoreError(
                _("There is a store at {path} already.", path=path()),
                _("Move it away first, or keep using it."),
            )
        Store.open(path()).close()


def exchange_file(write: Callable[[Path], object]) -> Exchanged:
    """Put another file in the place of the store while others read and write it.

    Parameters
    ----------
    write
        Writes the new file under the name it is given; the store goes on working meanwhile.

    Raises
    ------
    StoreError
        The new file is no store, or somebody's work didn't end in time. The store is as it was.
    """
    settings = Settings.from_environment()
    require(Right.ADMINISTER)
    with _exchange_lock:
        after = whole_store().generation if ready() else generation_on_disk(path(), settings)
        fresh = prepare(path(), write, settings, after=after)
        try:
            return _take_place(fresh)
        finally:
            fresh.discard()


def compact(watch: Watch) -> tuple[Space, Space]:
    """Write the store anew while others read and write it; return its space before and after."""
    require(Right.ADMINISTER)
    with _exchange_lock:
        before = space(whole_store())
        with compacted(whole_store(), watch, Settings.from_environment()) as fresh:
            # It holds the same as the new one, which was compared with it.
            remove_store(_take_place(fresh).aside)
        return before, space(whole_store())


def _take_place(fresh: Replacement) -> Exchanged:
    """Put a prepared file in the place of the store."""
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
        exchanged = exchange(fresh)
        _store = exchanged.store
        return exchanged
    finally:
        _lock.release()


def is_demonstration() -> bool:
    """Tell whether the store holds the demonstration region."""
    return preferences(store()).get(DEMONSTRATION) == "yes"


def leave_demonstration() -> None:
    """Put the demonstration region among the backups and begin with an empty store."""
    aside = exchange_file(lambda fresh: Store.open(fresh).close()).aside
    if aside is not None:
        backups().mkdir(parents=True, exist_ok=True)
        name = f"{path().stem}-demonstration-{dt.datetime.now():%Y%m%d-%H%M%S}{path().suffix}"
        shutil.move(aside, backups() / name)
