"""Results kept in memory until a table they were read from changes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from core.store.caching.table_versions import last_change
from core.store.read_tracking import ANY, name_records, naming, track, tracking, untracked

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd

    from core.store.database import Store

MAX_ANSWERS = 128
"""Answers kept per store."""
T = TypeVar("T")


class Memo:
    """One result, computed at the first use and whenever a table it was read from has changed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._made = False
        self._value: Any = None
        self._tables: frozenset[str] = frozenset()
        self._records: frozenset[str] = frozenset()
        self._seen = 0

    def get(self, store: Store, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """Return the result of ``make``, which depends on ``store`` alone; always the same open store."""
        with self._lock:
            with untracked():
                holds = self._made and last_change(store, self._tables) <= self._seen
            if not holds:
                with untracked():
                    # A write that comes while the result is computed is later than this, and ends it.
                    seen = last_change(store, (ANY,))
                with tracking() as tables, naming() as records:
                    value = make()
                # Only success moves the mark: after a failure the result of before must not count as current.
                # What was read from no table may come from anywhere.
                self._value, self._seen, self._made = value, seen, True
                self._tables = frozenset(tables) or frozenset({ANY})
                self._records = frozenset(records)
            track(self._tables)
            name_records(self._records)
            return self._value


class Memos:
    """The results of the keys that were asked for last.

    Parameters
    ----------
    most
        How many are kept; the one that nobody asked for the longest goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._memos: dict[Hashable, Memo] = {}

    def of(self, key: Hashable) -> Memo:
        """Return where the result of a key is kept."""
        with self._lock:
            # Put back as the latest.
            memo = self._memos[key] = self._memos.pop(key) if key in self._memos else Memo()
            while len(self._memos) > self._most:
                del self._memos[next(iter(self._memos))]
        return memo


_lock = threading.Lock()
_memos: WeakKeyDictionary[Store, Memos] = WeakKeyDictionary()


def share(store: Store, key: Hashable, make: Callable[[], T]) -> T:
    """Return the answer of a key, computed at the first use since its sources last changed.

    The same object to everybody: nobody may change it.

    Parameters
    ----------
    key
        The function's name and its arguments, the scope among them.
    make
        Computes it.
    """
    with _lock:
        memos = _memos.setdefault(store, Memos(MAX_ANSWERS))
    answer: T = memos.of(key).get(store, make)
    return answer


def memoize(store: Store, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return a table like :func:`share`, a view per caller: pandas copies on write."""
    return share(store, key, make).copy(deep=False)
