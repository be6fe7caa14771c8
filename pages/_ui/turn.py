"""Whose turn it is to make a page: as many at once as there are processors, in the order of the clicks.

Pages are Python, and the interpreter runs one thread at a time. Where it goes round between fifteen of them,
each takes fifteen times as long; one after the other, most are there at once.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WAIT = 2.0
"""Seconds after which a page is made all the same: a page that takes long must not stop all others."""
_turns = threading.Semaphore(max(os.cpu_count() or 1, 2))
_in_turn = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn, and keep it while a page or a part is made; a part inside has that of its page."""
    if getattr(_in_turn, "taken", False):
        yield
        return
    taken = _turns.acquire(timeout=LONGEST_WAIT)
    _in_turn.taken = True
    try:
        yield
    finally:
        _in_turn.taken = False
        if taken:
            _turns.release()
