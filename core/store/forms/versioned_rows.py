"""Records that live in a table which files bring as well: how they count versions, and what the audit keeps.

Such a record is saved and read like a form (:mod:`core.store.forms.forms`), but its rows stay where imports
put them. Its earlier versions are in the audit log.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import from_json, to_json, validate
from core.store.database import Unchanged
from core.store.forms.drafts import drop_draft
from core.store.forms.forms import ConflictError, Record, of_version
from core.store.forms.rows import FormKey, check_customer
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

REMOVED = "_remove"
"""Ending of the action that removes a record."""


def versions(cursor: duckdb.DuckDBPyConnection, table: str, entity_key: str) -> int:
    """Count what may have changed a record: its own saves, every import of the table and every undo."""
    found = cursor.execute(
        "SELECT 1 + (SELECT COUNT(*) FROM audit_log AS a WHERE a.entity = $table"
        " AND a.entity_key = $key) + (SELECT COUNT(*) + COUNT(CASE WHEN b.status = 'undone' THEN 1 END)"
        " FROM import_batch AS b WHERE b.table_name = $table)",
        {"table": table, "key": entity_key},
    ).fetchall()
    return int(found[0][0])


def last_change(
    cursor: duckdb.DuckDBPyConnection, table: str, entity_key: str
) -> tuple[dt.datetime, str] | None:
    """Return when and by whom a record was last saved here; None where it only came from files."""
    return cursor.execute(
        "SELECT a.happened_at, a.actor FROM audit_log AS a WHERE a.entity = $table"
        " AND a.entity_key = $key ORDER BY a.audit_id DESC LIMIT 1",
        {"table": table, "key": entity_key},
    ).fetchone()


def details(
    table: str, entity_key: str, before: Record | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the audit row of a change: what stood there, and what stands there now."""
    kept = None
    if before is not None:
        about = {"version": before.version, "updated_by": before.updated_by}
        about |= {"updated_at": before.updated_at.isoformat(), "payload": json.loads(to_json(before.payload))}
        kept = json.dumps(about, ensure_ascii=False)
    return {
        "entity": table,
        "entity_key": entity_key,
        "before": kept,
        "after": None if after is None else to_json(after),
    }


def past(store: Store, key: FormKey, table: str, entity_key: str, *, scope: Scope) -> list[Record]:
    """Return what stood in a record before each change, the latest first; nothing of one that is new.

    Raises
    ------
    InputError
        There is no such customer, or the user may not see it.
    """
    if not key.record_id:
        return []
    with store.cursor() as cursor:
        check_customer(cursor, key, scope)
    rows = store.read("terminal_analysis/record_log", table=table, key=entity_key).to_pylist()
    found = []
    for row in rows:
        if row["before"] is None:
            continue
        kept = json.loads(row["before"])
        ended = "removed" if row["action"].endswith(REMOVED) else "changed"
        values = from_json(key.form, json.dumps(kept["payload"]))
        when = dt.datetime.fromisoformat(kept["updated_at"])
        found.append(Record(key.record_id, values, kept["version"], when, kept["updated_by"], ended))
    return found


@dataclass(frozen=True)
class TableRecords:
    """The records of one table, read and saved like forms: the functions of :mod:`core.store.forms.forms`.

    Parameters
    ----------
    action
        What the audit calls them: ``<action>_save``, ``<action>_remove``.
    entity_key
        Under which key the audit keeps a record.
    settled
        The key under which values are saved; refuses values that don't belong to the key.
    read
        All records of a customer, the latest first.
    check
        Refuses values that name what isn't there.
    """

    table: str
    action: str
    entity_key: Callable[[FormKey], str]
    settled: Callable[[FormKey, Mapping[str, Any]], FormKey]
    read: Callable[[duckdb.DuckDBPyConnection, FormKey, Scope], list[Record]]
    check: Callable[[duckdb.DuckDBPyConnection, Mapping[str, Any]], None]
    insert: Callable[[duckdb.DuckDBPyConnection, FormKey, Mapping[str, Any]], None]
    delete: Callable[[duckdb.DuckDBPyConnection, FormKey], None]

    def records(self, store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
        """Return the records of a customer, the latest first; ``key.record_id`` doesn't matter."""
        with store.cursor() as cursor:
            return self.read(cursor, key, scope)

    def load(self, store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> Record | None:
        """Return a record; None where there is none, or the user may not see its customer."""
        with store.cursor() as cursor:
            return self._one(cursor, key, scope)

    def save(
        self,
        store: Store,
        key: FormKey,
        payload: Mapping[str, object],
        *,
        expected_version: int,
        actor: str = "local",
        scope: Scope = EVERYTHING,
        draft_owner: str | None = None,
    ) -> Record:
        """Check a record and save it; the parameters are those of :func:`core.store.forms.forms.save`.

        Raises
        ------
        FormError
            Something is wrong with what is filled in.
        ConflictError
            Somebody saved, imported or removed it since, or a new one is there already.
        InputError
            What it belongs to or names isn't there, or the user may not change it.
        """
        values = validate(key.form, payload)
        settled = self.settled(key, values)
        # Versions only rise: where the one read here is the expected one, the transaction replaces it.
        known = self.load(store, settled, scope=scope)

        def change(cursor: duckdb.DuckDBPyConnection) -> Record:
            check_customer(cursor, key, scope)
            self.check(cursor, values)
            before = self._one(cursor, settled, scope)
            if before is not None and dict(before.payload) == values:
                raise Unchanged(before)
            if (before.version if before else 0) != expected_version:
                raise ConflictError(before, values)
            self.delete(cursor, settled)
            self.insert(cursor, settled, values)
            # The row in the audit log that counts this version is written after it.
            version = versions(cursor, self.table, self.entity_key(settled)) + 1
            return Record(settled.record_id, values, version, dt.datetime.now(), actor)

        audit = details(self.table, self.entity_key(settled), known, values)
        saved = store.write(f"{self.action}_save", change, actor=actor, details=audit)
        if draft_owner is not None:
            drop_draft(store, key, draft_owner)
        return saved

    def remove(
        self,
        store: Store,
        key: FormKey,
        *,
        expected_version: int,
        actor: str = "local",
        scope: Scope = EVERYTHING,
    ) -> None:
        """Remove a record; what it said stays in the history.

        Raises
        ------
        ConflictError
            Somebody saved or removed it since.
        """
        known = self.load(store, key, scope=scope)

        def change(cursor: duckdb.DuckDBPyConnection) -> None:
            check_customer(cursor, key, scope)
            now = self._one(cursor, key, scope)
            if now is None or now.version != expected_version:
                raise ConflictError(now, {})
            self.delete(cursor, key)

        audit = details(self.table, self.entity_key(key), known, None)
        store.write(f"{self.action}{REMOVED}", change, actor=actor, details=audit)

    def history(self, store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
        """Return what a record said before each change, the latest first."""
        return past(store, key, self.table, self.entity_key(key), scope=scope)

    def restore(
        self, store: Store, key: FormKey, version: int, *, actor: str = "local", scope: Scope = EVERYTHING
    ) -> Record:
        """Save what a record said earlier as its next version.

        Raises
        ------
        InputError
            There is no such version.
        """
        found = of_version(self.history(store, key, scope=scope), version)
        now = self.load(store, key, scope=scope)
        expected = now.version if now else 0
        return self.save(store, key, found.payload, expected_version=expected, actor=actor, scope=scope)

    def _one(self, cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> Record | None:
        return next((row for row in self.read(cursor, key, scope) if row.record_id == key.record_id), None)
