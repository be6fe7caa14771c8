"""Letting cursors in, and keeping them out while the file is closed or exchanged."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreBusyError, StoreClosedError
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPT_EVERY = 0.05
"""Seconds between two interrupts: a cursor that was between two statements is met by the next one."""


class Gate:
    """Counts running cursors; closing it refuses new ones and ends the others.

    An engine lives as long as any cursor on its file, and goes on writing to that file when another one took
    its name. So a file may be exchanged only once every cursor is closed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._changed = threading.Condition()
        self._running: dict[int, duckdb.DuckDBPyConnection] = {}
        self._closed = False

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give one user a cursor of its own.

        Raises
        ------
        StoreClosedError
            The gate is closed, or was closed meanwhile and the statement interrupted.
        """
        with self._changed:
            if self._closed:
                raise _closed()
            cursor = self._connection.cursor()
            self._running[id(cursor)] = cursor
        try:
            yield cursor
        except duckdb.InterruptException as error:
            if self._closed:
                raise _closed() from error
            raise
        finally:
            cursor.close()
            with self._changed:
                del self._running[id(cursor)]
                self._changed.notify_all()

    def close(self, grace: float, limit: float) -> None:
        """Refuse new cursors, wait for the running ones, then interrupt them.

        Parameters
        ----------
        grace
            Seconds that running cursors have to end by themselves.
        limit
            Seconds after which interrupted ones are given up.

        Raises
        ------
        StoreBusyError
            Some cursors didn't end. The gate is open again.
        """
        with self._changed:
            self._closed = True
            if self._changed.wait_for(lambda: not self._running, grace):
                return
        end = time.monotonic() + limit
        while self._interrupt_running():
            if time.monotonic() > end:
                self.open()
                raise StoreBusyError(
                    ngettext(
                        "{n} question to the store is still being answered; nothing was changed.",
                        "{n} questions to the store are still being answered; nothing was changed.",
                        len(self._running),
                    ),
                    _("Try again in a minute."),
                )

    def open(self) -> None:
        """Let cursors in again."""
        self._closed = False

    def _interrupt_running(self) -> bool:
        """Interrupt every cursor once; return whether some still run a moment later."""
        with self._changed:
            for cursor in self._running.values():
                with suppress(duckdb.Error):
                    cursor.interrupt()
            return not self._changed.wait_for(lambda: not self._running, INTERRUPT_EVERY)


def _closed() -> StoreClosedError:
    return StoreClosedError(
        _("The store was closed or exchanged for another file meanwhile."), _("Look at the page again.")
    )
