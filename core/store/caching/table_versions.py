"""When tables last changed, by the audit log: what is derived from them need not follow every write."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from core.store.read_tracking import ANY, AUDITED_TABLES, track, untracked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from core.store.database import Store

_LAST = "SELECT a.entity AS entity, MAX(a.audit_id) AS last FROM audit_log AS a GROUP BY a.entity"
_cache: WeakKeyDictionary[Store, tuple[int, list[tuple[frozenset[str], int]]]] = WeakKeyDictionary()


def last_change(store: Store, tables: Collection[str]) -> int:
    """Return the number of the last write that may have changed some tables.

    Parameters
    ----------
    tables
        Names of tables; :data:`core.store.read_tracking.ANY` for all.

    Returns
    -------
    int
        Its number in the audit log, 0 where there was none. A write that doesn't say which tables it
        changed may have changed any.
    """
    tables_asked = frozenset(tables)
    track(tables_asked)
    writes = 0
    for names, last in _writes(store):
        if names & tables_asked or ANY in tables_asked or not names <= AUDITED_TABLES:
            writes = max(writes, last)
    return writes


def saved_at(store: Store, version: int) -> dt.datetime | None:
    """Return when the change was saved that made a data version; None of a store that nobody changed."""
    rows = store.fetch(
        "SELECT a.happened_at FROM audit_log AS a WHERE a.audit_id = $last", {"last": version - 1}
    ).to_pylist()
    return rows[0]["happened_at"] if rows else None


def _writes(store: Store) -> list[tuple[frozenset[str], int]]:
    """Return each set of tables that writes named, with the number of the last such write."""
    # The version comes first: what is newer than its version is read once more, never kept too long.
    with untracked():
        version = store.data_version
        cached = _cache.get(store)
        if cached is not None and cached[0] == version:
            return cached[1]
        rows = store.fetch(_LAST).to_pylist()
    writes = [
        (frozenset(name.strip() for name in (row["entity"] or "").split(",")), int(row["last"]))
        for row in rows
    ]
    _cache[store] = version, writes
    return writes
