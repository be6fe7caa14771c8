"""Long work in the background: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.errors import AppError, CancelledError
from core.i18n import _

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Work that runs in a thread of its own.

    The function is called as ``work(progress, cancelled)``: it calls ``progress(share, text)`` with the
    share done, 0 to 1, and what it is doing, and stops when ``cancelled()`` is true.
    """

    work: Callable[[Progress, Cancelled], Any]
    share: float = 0.0
    text: str = ""
    result: Any = None
    error: AppError | None = None
    done: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Job:
        """Start the thread; it speaks the language of the caller."""
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run,), daemon=True).start()
        return self

    def cancel(self) -> None:
        """Ask the work to stop; it leaves everything as it was."""
        self._stop.set()

    @property
    def cancelling(self) -> bool:
        """Stopping was asked for."""
        return self._stop.is_set()

    def _report(self, share: float, text: str = "") -> None:
        self.share, self.text = min(max(float(share), 0.0), 1.0), text or self.text

    def _run(self) -> None:
        try:
            self.result = self.work(self._report, self._stop.is_set)
        except AppError as error:
            self.error = error
        except Exception as error:
            # The user gets a sentence; whoever looks after the installation gets the trace.
            log.exception("Background work failed")
            self.error = AppError(_("The work failed: {reason}", reason=error), _("Details are in the log."))
        finally:
            self.done.set()

    @property
    def cancelled(self) -> bool:
        """It ended because the user stopped it."""
        return isinstance(self.error, CancelledError)
