"""Results kept in memory until a table they were read from changes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from core.store.caching.table_versions import last_change
from core.store.read_tracking import ANY, name_records, naming, track, tracking, untracked
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd
    import pyarrow as pa

    from core.store.database import Store

MAX_ANSWERS = 128
"""Answers kept per store."""
MAX_TABLES = 512
"""Answers of query files kept per store."""
MAX_TABLE = 128_000
"""Bytes above which the answer of a query file isn't kept."""
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

    def forget(self, key: Hashable) -> None:
        """Keep the result of a key no longer."""
        with self._lock:
            self._memos.pop(key, None)


_lock = threading.Lock()
_memos: WeakKeyDictionary[Store, Memos] = WeakKeyDictionary()
_tables: WeakKeyDictionary[Store, Memos] = WeakKeyDictionary()


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


def recall(store: Store, name: str, *, scope: Scope = EVERYTHING, **parameters: object) -> pa.Table:
    """Return the rows of a query file like ``store.read``, asked once until a table it reads has changed.

    For what many questions have in common and is small: planning such a query takes longer than running it.

    Parameters
    ----------
    name, scope, parameters
        Those of :meth:`core.store.database.Store.read`; the values may be lists.
    """
    with _lock:
        memos = _tables.setdefault(store, Memos(MAX_TABLES))
    values = (tuple(value) if isinstance(value, list) else value for value in parameters.values())
    key = (name, scope, tuple(parameters), *values)
    table: pa.Table = memos.of(key).get(store, lambda: store.read(name, scope=scope, **parameters))
    if table.nbytes > MAX_TABLE:
        memos.forget(key)
    return table
