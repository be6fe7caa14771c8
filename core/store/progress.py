"""Progress of long work, and stopping it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from core.errors import CancelledError
from core.i18n import _

if TYPE_CHECKING:
    import duckdb

Report = Callable[[float, str], None]


class Watch:
    """Tells how far long work is, and stops it when asked.

    Parameters
    ----------
    report
        Called with the fraction done (0 to 1) and what is being done, from the thread that works.
    """

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self._cursor: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Stop the work from another thread; it ends with :class:`CancelledError`."""
        with self._lock:
            self._cancelled.set()
            if self._cursor is not None:
                self._cursor.interrupt()

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._cancelled.is_set()

    def step(self, fraction: float, text: str) -> None:
        """Report how far the work is.

        Raises
        ------
        CancelledError
            The work was stopped.
        """
        self.stop_if_cancelled()
        if self._report is not None:
            self._report(min(max(fraction, 0.0), 1.0), text)

    def stop_if_cancelled(self) -> None:
        """Raise :class:`CancelledError` when the work was stopped."""
        if self.cancelled:
            raise CancelledError(_("Stopped; nothing was changed."))

    def part(self, start: float, end: float) -> Watch:
        """Return a watch over a part of the work: its progress goes from one fraction to another."""
        return _Part(self, start, end)

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Interrupt the statement that runs on ``cursor`` when the work is stopped."""
        with self._lock:
            self._cursor = cursor
        try:
            yield
        except Exception as error:
            with suppress(AttributeError):
                error.add_note("interrupted" if self.cancelled else "")
            self.stop_if_cancelled()
            raise
        finally:
            with self._lock:
                self._cursor = None


class _Part(Watch):
    """Watches a part of longer work."""

    def __init__(self, whole: Watch, start: float, end: float) -> None:
        super().__init__(lambda fraction, text: whole.step(start + (end - start) * fraction, text))
        self._whole = whole

    @property
    def cancelled(self) -> bool:
        """Whether the whole work was stopped."""
        return self._whole.cancelled

    def cancel(self) -> None:
        """Stop the whole work."""
        self._whole.cancel()

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Interrupt the statement that runs on ``cursor`` when the work is stopped."""
        with self._whole.over(cursor):
            yield
