"""Long work in the background: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

import contextvars
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Generic, Self, TypeVar
from weakref import WeakValueDictionary

from core.errors import AppError, CancelledError
from core.i18n import _
from core.store.progress import Watch
from core.store.writing.origin import current_origin, set_origin
from pages._ui.sign_in import session

T = TypeVar("T")
log = logging.getLogger(__name__)
LOW_RANK = 4
"""The system's “nice”: two fifths of what somebody else gets who wants the processor; all of it otherwise."""

AT_ONCE = 2
"""Jobs of one user that run at the same time where a team works; more of them wait for their turn."""
LISTEN_SECONDS = 0.2
_slots: WeakValueDictionary[str, threading.BoundedSemaphore] = WeakValueDictionary()
_slots_lock = threading.Lock()


class Job(Generic[T]):
    """Work that runs in a thread of its own.

    Parameters
    ----------
    work
        Called with a watch: it reports its steps there and is stopped through it.
    gives_way
        Whether it leaves the processor to whoever looks at a page meanwhile, and takes longer itself.
    """

    def __init__(self, work: Callable[[Watch], T], *, gives_way: bool = False) -> None:
        self.share, self.text = 0.0, ""
        self.result: T | None = None
        self.error: AppError | None = None
        self.done = threading.Event()
        self._work, self._gives_way = work, gives_way
        self._watch = Watch(self._report)

    def start(self) -> Self:
        """Start the thread; it speaks the language of the caller and works in the caller's name."""
        context = contextvars.copy_context()
        context.run(set_origin, current_origin())
        context.run(session.carry, session.current())
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

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until the user has few enough jobs running.

        Raises
        ------
        CancelledError
            It was stopped while it waited.
        """
        sign_in = None if session.is_alone() else session.current()
        if sign_in is None:
            yield
            return
        with _slots_lock:
            slots = _slots.setdefault(sign_in.handle, threading.BoundedSemaphore(AT_ONCE))
        while not slots.acquire(timeout=LISTEN_SECONDS):
            self._watch.step(0.0, _("Waiting until your other work is done."))
        try:
            yield
        finally:
            slots.release()

    def _run(self) -> None:
        if self._gives_way and sys.platform == "linux":
            # Elsewhere a thread has no rank of its own.
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_RANK)
        try:
            with self._turn():
                self.result = self._work(self._watch)
        except AppError as error:
            self.error = error
        except Exception as error:
            # The user gets a sentence; whoever looks after the installation gets the trace.
            log.exception("Background work failed")
            self.error = AppError(_("The work failed: {reason}", reason=error), _("Details are in the log."))
        finally:
            self.done.set()
