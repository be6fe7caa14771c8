"""The audit of a store that gave its place to an older copy: what the copy lacks is carried into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from core.store.access.carrying import displaced
from core.store.audit.events import Event, EventKind, record_event

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.copies.replacement import Exchanged
    from core.store.database import Store

_COLUMNS = "happened_at, actor, address, session, kind, action, outcome, entity, entity_key, before, after"
_CARRY = f"""
    INSERT INTO audit_event ({_COLUMNS})
    SELECT {_COLUMNS} FROM (
        SELECT l.happened_at, l.actor, l.address, l.session, 'change' AS kind, l.action, 'done' AS outcome,
               l.entity, l.entity_key, l.before, l.after
        FROM displaced_store.audit_log AS l
        WHERE NOT EXISTS (
            SELECT 1 FROM audit_log AS k WHERE k.audit_id = l.audit_id AND k.happened_at = l.happened_at)
        UNION ALL
        SELECT e.happened_at, e.actor, e.address, e.session, e.kind, e.action, e.outcome,
               e.entity, e.entity_key, e.before, e.after
        FROM displaced_store.audit_event AS e
        WHERE NOT EXISTS (
            SELECT 1 FROM audit_event AS k WHERE k.event_id = e.event_id AND k.happened_at = e.happened_at)
    ) AS missing
    ORDER BY missing.happened_at
"""


def record_restore(store: Store, source: Path, exchanged: Exchanged) -> None:
    """Write down that a copy took the place of the store, and carry over what the copy doesn't know.

    Parameters
    ----------
    store
        The restored store, as whoever restored it has it.
    source
        The copy.
    exchanged
        What the exchange left. Where the audit of before can't be read, because the file is damaged or of an
        older format, the entry says that nothing was carried over.
    """
    aside = exchanged.aside
    details = {
        "aside": aside and aside.name,
        "entries carried over": None if aside is None else _carry(store, aside),
        "users kept": exchanged.kept_users,
    }
    record_event(store, Event(EventKind.BACKUP, "restore", entity_key=str(source), details=details))


def _carry(store: Store, aside: Path) -> int | None:
    try:
        with displaced(store, aside) as cursor:
            return int(cursor.execute(_CARRY).fetchall()[0][0])
    except duckdb.Error:
        return None
