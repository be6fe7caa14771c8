"""One open file: the engine's connection, whose turn it is on it, and what all that look at it share."""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreBusyError, StoreClosedError
from core.settings import Settings
from core.store.file.checkpoint import log_of
from core.store.file.gate import Gate
from core.store.file.turns import Turns
from core.store.windows.window import Window
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.access.access import Access
    from core.store.file.checkpoint import StoreFile

READ_GRACE = 5.0
"""Seconds that a running change or read has to end by itself before files are exchanged."""
CLOSE_LIMIT = 30.0
"""Seconds after which reads that were interrupted are given up."""
_openings = itertools.count(1)


class OpenFile:
    """A file that is open, shared by every :class:`core.store.database.Store` on it.

    Parameters
    ----------
    path
        The store.
    file
        The same, held open for checkpoints.
    connection
        The engine's.

    Attributes
    ----------
    opening
        Number of this opening in this process.
    data_version
        Rises with every change of the data.
    commits
        How often something was written, derived tables and drafts included.
    under_way
        Action of the long change that goes on beside others.
    is_broken
        Whether the engine gave up, so that the file has to be opened again.
    """

    def __init__(self, path: Path, file: StoreFile, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.file = file
        self.gate, self.turns = Gate(connection), Turns()
        self.opening = next(_openings)
        self.is_broken = False
        self.under_way: str | None = None
        self.commits = 0
        self._connection = connection
        self._commit_numbers = itertools.count(1)
        self._windows: dict[Window, Path] = {}
        self._opening_window = threading.Lock()
        with self.gate.cursor() as cursor:
            self.data_version = self.version(cursor)
            self._catalog = str(cursor.execute("SELECT CURRENT_DATABASE()").fetchall()[0][0])

    @staticmethod
    def version(cursor: duckdb.DuckDBPyConnection) -> int:
        """Return the data version that a cursor sees: every change leaves one row in the audit log."""
        text = "SELECT COALESCE(MAX(a.audit_id), 0) + 1 FROM audit_log AS a"
        return int(cursor.execute(text).fetchall()[0][0])

    def commit(self, data_version: int | None = None) -> None:
        """Count a commit, and take the data version that it made."""
        self.commits = next(self._commit_numbers)
        if data_version is not None:
            self.data_version = data_version

    def checkpoint(self, least: int = 1) -> None:
        """Bring a log of so many bytes into the file; what the change gave free is used again from then."""
        if self.file.log_size < least:
            return
        with suppress(duckdb.Error, OSError, StoreClosedError), self.gate.cursor() as cursor:
            self.file.checkpoint(cursor)

    def reuse_space(self, window: Window) -> None:
        """Let the next derivation of a window write where the last one left room."""
        with suppress(duckdb.Error, StoreClosedError), self.gate.cursor() as cursor:
            cursor.execute(f"CHECKPOINT {window.catalog}")

    def window(self, access: Access) -> Window | None:
        """Return what an access sees, made ready at the first use; None where that is everything."""
        if not access.is_restricted:
            return None
        window = Window(self._catalog, access.region_ids, access.employee_id)
        # Every click asks: whoever makes derived tables just now must not keep it waiting.
        if window not in self._windows:
            with self._opening_window, self.gate.cursor() as cursor:
                if window not in self._windows:
                    folder = own_folder(Settings.from_environment().temp)
                    self._windows[window] = window.open(cursor, folder)
        return window

    def close(self) -> None:
        """Wait for the running write, end the running reads, close the file; a second call does nothing."""
        with self.turns.write, suppress(StoreBusyError, duckdb.Error):
            self.gate.close(0.0, CLOSE_LIMIT)
            self._let_go()

    def release(self) -> None:
        """Close the file so that another one can take its place: no read or write is left on it.

        Raises
        ------
        StoreBusyError
            A change or a read went on for too long; the file stays open.
        """
        with self.turns.take("write", limit=READ_GRACE):
            self.gate.close(READ_GRACE, CLOSE_LIMIT)
            self._let_go()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keep every write out, long ones included; reads go on.

        Raises
        ------
        StoreBusyError
            A change goes on for too long.
        """
        with self.turns.take(limit=READ_GRACE):
            yield

    def _let_go(self) -> None:
        """Close the file, with nothing left in the log where that is possible; every cursor is closed."""
        if self.file.log_size:
            with suppress(duckdb.Error, OSError):
                self.file.checkpoint(self._connection)
        self._connection.close()
        self.file.close()
        for path in self._windows.values():
            for file in (path, log_of(path)):
                file.unlink(missing_ok=True)
