"""Whose turn it is to make a page: one after the other, in the order of the clicks.

Pages are Python, and the interpreter runs one thread at a time, however many processors there are. Where it
goes round between fifteen of them, each takes fifteen times as long; one after the other, most are there at
once. Two at a time already keep one person in twenty waiting a sixth longer (``benchmarks/many.py``).
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WAIT = 1.0
"""Seconds after which a page is made all the same: a page that takes long must not stop all others."""
_turns = threading.Lock()
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
