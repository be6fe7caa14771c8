"""A dashboard's own copy of the newest version: made beside the one that is shown, which it then replaces."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from core.errors import AppError, StoreError
from core.i18n import _
from core.rollup.published_store import PublishedStore, make_store
from core.rollup.version import newest, newest_number
from core.store.copies.replacement import remove_store
from core.workspace import own_folder

if TYPE_CHECKING:
    from pathlib import Path

    from core.settings import Settings

log = logging.getLogger(__name__)
LOOK_EVERY = 2.0
"""Seconds between two looks whether there is a newer version."""
KEPT_OPEN = 2
"""Versions that stay open for whoever is still looking at them, the newest included."""
ATTEMPTS = 3
"""So often the newest version is tried: where a newer one came meanwhile, its files may be gone."""


class Replica:
    """The newest version in a folder, as an open store.

    Parameters
    ----------
    folder
        Where the versions are.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._lock = threading.Lock()
        self._open: list[PublishedStore] = []
        self._next: threading.Thread | None = None
        self._looked = float("-inf")
        self._failed: int | None = None

    def store(self) -> PublishedStore:
        """Return the version to show; at the first call it is made, later ones never wait.

        Raises
        ------
        StoreError
            There is no version, or it can't be read.
        """
        with self._lock:
            if not self._open:
                self._open.append(self._make())
            elif time.monotonic() - self._looked > LOOK_EVERY:
                self._looked = time.monotonic()
                self._begin_next()
            return self._open[-1]

    def wait(self) -> None:
        """Wait until a newer version that was found is open."""
        if self._next is not None:
            self._next.join()

    def close(self) -> None:
        """Close all versions and remove the copies."""
        self.wait()
        with self._lock:
            while self._open:
                _remove(self._open.pop())

    def _begin_next(self) -> None:
        number = newest_number(self.folder)
        shown = self._open[-1].version.number
        under_way = self._next is not None and self._next.is_alive()
        if number in {None, shown, self._failed} or under_way:
            return
        self._next = threading.Thread(target=self._take_next, args=(number,), daemon=True)
        self._next.start()

    def _take_next(self, number: int) -> None:
        try:
            fresh = self._make()
        except AppError as error:
            # The version shown stays; the next one is tried.
            self._failed = number
            log.warning("%s", error)
            return
        with self._lock:
            self._open.append(fresh)
            old = self._open[:-KEPT_OPEN]
            del self._open[:-KEPT_OPEN]
        for store in old:
            _remove(store)

    def _make(self) -> PublishedStore:
        for attempt in range(ATTEMPTS):
            version = newest(self.folder)
            if version is None:
                raise StoreError(
                    _("There is no version of the roll-ups in {folder}.", folder=self.folder),
                    _(
                        "Make one: python -m core rollup --facts … --tables … --out {folder}",
                        folder=self.folder,
                    ),
                )
            path = own_folder(self._settings.temp) / f"version-{version.number}-{time.monotonic_ns()}.duckdb"
            try:
                return make_store(self.folder, version, path, self._settings)
            except StoreError:
                with suppress(OSError):
                    remove_store(path)
                if attempt == ATTEMPTS - 1 or newest_number(self.folder) == version.number:
                    raise
        raise AssertionError


def _remove(store: PublishedStore) -> None:
    store.close()
    with suppress(OSError):
        remove_store(store.path)
