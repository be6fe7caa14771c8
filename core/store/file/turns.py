"""Whose turn it is to write: a short change, a long one beside it, a derivation beside both."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from core.errors import StoreBusyError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns:
    """The locks of a store's writers; whoever needs several takes them in the order of their declaration."""

    def __init__(self) -> None:
        self.long = threading.RLock()
        self.derive = threading.RLock()
        self.write = threading.RLock()

    @contextmanager
    def take(self, *names: str, limit: float) -> Iterator[None]:
        """Hold locks so that nobody writes.

        Parameters
        ----------
        names
            Which; all where none is named.
        limit
            Seconds that each may keep one waiting.

        Raises
        ------
        StoreBusyError
            A change goes on for longer.
        """
        locks = [getattr(self, name) for name in names or ("long", "derive", "write")]
        with ExitStack() as stack:
            for lock in locks:
                if not lock.acquire(timeout=limit):
                    raise StoreBusyError(
                        _("Somebody is just changing the store; nothing was exchanged."),
                        _("Wait until that is done, or stop it, then try again."),
                    )
                stack.callback(lock.release)
            yield
