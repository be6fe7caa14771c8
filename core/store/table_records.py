"""Records that live in a table which files bring as well: how they count versions, and what the audit keeps.

Such a record is saved and read like a form (:mod:`core.store.forms`), but its rows stay where imports put
them. Its earlier versions are in the audit log.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import from_json, to_json
from core.store.form_rows import check_customer
from core.store.forms import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from core.store.database import Store
    from core.store.form_rows import FormKey
    from core.store.scope import Scope

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
