"""Long work in the background: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable
from typing import Generic, Self, TypeVar

from core.errors import AppError, CancelledError
from core.i18n import _
from core.store.progress import Watch

T = TypeVar("T")
log = logging.getLogger(__name__)


class Job(Generic[T]):
    """Work that runs in a thread of its own.

    Parameters
    ----------
    work
        Called with a watch: it reports its steps there and is stopped through it.
    """

    def __init__(self, work: Callable[[Watch], T]) -> None:
        self.share, self.text = 0.0, ""
        self.result: T | None = None
        self.error: AppError | None = None
        self.done = threading.Event()
        self._work = work
        self._watch = Watch(self._report)

    def start(self) -> Self:
        """Start the thread; it speaks the language of the caller."""
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run,), daemon=True).start()
        return self

    def cancel(self) -> None:
        """Ask the work to stop; it leaves everything as it was."""
        self._watch.cancel()

    @property
    def cancelling(self) -> bool:
        """Stopping was asked for."""
        return self._watch.cancelled

    @property
    def cancelled(self) -> bool:
        """It ended because the user stopped it."""
        return isinstance(self.error, CancelledError)

    def _report(self, share: float, text: str) -> None:
        self.share, self.text = share, text

    def _run(self) -> None:
        try:
            self.result = self._work(self._watch)
        except AppError as error:
            self.error = error
        except Exception as error:
            # The user gets a sentence; whoever looks after the installation gets the trace.
            log.exception("Background work failed")
            self.error = AppError(_("The work failed: {reason}", reason=error), _("Details are in the log."))
        finally:
            self.done.set()
