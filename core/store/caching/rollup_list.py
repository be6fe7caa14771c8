"""Which roll-ups there are, and which of them go: those that nobody asked for lately.

``derived_state`` lists them. Many people look at one store, each through filters of their own: what somebody
is looking at must not be dropped because others look at something else.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

    from core.store.database import Store

ROLLUPS_PER_KIND = 4
"""Tables of a kind that stay in any case, the newest included."""
IN_USE = 120.0
"""Seconds for which a table stays after it was last asked for."""
_DROPPED = float("-inf")
_lock = threading.Lock()
_last_asked: WeakKeyDictionary[Store, dict[str, float]] = WeakKeyDictionary()
"""Moments of the monotonic clock by name; what isn't in it wasn't asked for in this process."""


@dataclass(frozen=True)
class Entry:
    """A roll-up.

    Parameters
    ----------
    prefix
        What the names of its kind begin with.
    version
        The write that last changed what it is made from.
    parts
        Endings of all tables that belong to the name.
    """

    prefix: str
    name: str
    version: int
    parts: Sequence[str] = ("",)


def ensure(store: Store, entry: Entry, make: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Have a roll-up made unless it is there; it stays for :data:`IN_USE` seconds from now.

    Parameters
    ----------
    make
        Creates its tables.
    """
    if is_in_use(store, entry.name):
        return
    if entry.name in _names(store, entry.prefix):
        with _lock:
            # Unless it was asked for before, and is going just now.
            if _asked(store).setdefault(entry.name, time.monotonic()) != _DROPPED:
                return
    store.derive(lambda cursor: _make_once(store, cursor, entry, make))
    with _lock:
        _asked(store)[entry.name] = time.monotonic()


def is_in_use(store: Store, name: str) -> bool:
    """Tell whether a roll-up was asked for and is there still; if so, it stays for a while from now."""
    with _lock:
        asked = _asked(store)
        there = asked.get(name, _DROPPED) != _DROPPED
        if there:
            asked[name] = time.monotonic()
        return there


def is_there(store: Store, prefix: str, name: str) -> bool:
    """Tell whether a roll-up needn't be made."""
    return is_in_use(store, name) or name in _names(store, prefix)


def _names(store: Store, prefix: str) -> list[str]:
    rows = store.fetch(
        "SELECT d.name FROM derived_state AS d WHERE starts_with(d.name, $prefix)", {"prefix": prefix}
    )
    return [str(name) for name in rows["name"].to_pylist()]


def _make_once(
    store: Store,
    cursor: duckdb.DuckDBPyConnection,
    entry: Entry,
    make: Callable[[duckdb.DuckDBPyConnection], None],
) -> None:
    rows = cursor.execute(
        "SELECT d.name FROM derived_state AS d WHERE starts_with(d.name, $prefix)"
        " ORDER BY d.data_version DESC NULLS LAST, d.name ASC NULLS LAST",
        {"prefix": entry.prefix},
    ).fetchall()
    names = [str(row[0]) for row in rows]
    # Somebody else who asked at the same time may have had it made.
    if entry.name in names:
        return
    make(cursor)
    cursor.execute(
        "INSERT INTO derived_state VALUES ($name, $version)", {"name": entry.name, "version": entry.version}
    )
    for name in _take_out(store, names):
        for part in entry.parts:
            cursor.execute(f"DROP TABLE IF EXISTS {name}{part}")
        cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": name})


def _take_out(store: Store, names: Sequence[str]) -> list[str]:
    """Return the roll-ups that go, and keep everybody off them from here on.

    Parameters
    ----------
    names
        Those of a kind that were there before, the newest first.
    """
    with _lock:
        asked = _asked(store)
        # Sorting keeps the order of equals.
        latest = sorted(names, key=lambda name: asked.get(name, _DROPPED), reverse=True)
        since = time.monotonic() - IN_USE
        old = [name for name in latest[ROLLUPS_PER_KIND - 1 :] if asked.get(name, _DROPPED) < since]
        asked.update(dict.fromkeys(old, _DROPPED))
    return old


def _asked(store: Store) -> dict[str, float]:
    return _last_asked.setdefault(store, {})
