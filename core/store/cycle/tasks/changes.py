"""What a change of a task does in its transaction: look at the latest version, write, note the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.store.cycle.tasks.rows import TaskConflictError, TaskRecord, record_of
from core.store.queries import query

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store
    from core.store.scope import Scope


def write(
    store: Store,
    action: str,
    change: Callable[[duckdb.DuckDBPyConnection], TaskRecord],
    record: TaskRecord,
    actor: str,
) -> TaskRecord:
    """Run a change of one task in a transaction and leave a row in the audit log."""
    details = {"entity": "task", "entity_key": record.task_id, "before": record.state}
    return store.write(action, change, actor=actor, details=details)


def check_current(cursor: duckdb.DuckDBPyConnection, record: TaskRecord, scope: Scope) -> dict[str, Any]:
    """Return the row of a task; refuse where it has moved on since ``record``, or is out of sight."""
    row = current_row(cursor, record.task_id, scope)
    if row is None or row["version"] != record.version:
        raise TaskConflictError(record_of(row) if row else None)
    return row


def current_row(cursor: duckdb.DuckDBPyConnection, task_id: str, scope: Scope) -> dict[str, Any] | None:
    """Return the row of a task as the query of tasks gives it; None where the user may not see it."""
    text, names = query("cycle/tasks")
    values = {"scope": scope.parameter, "within": None, "task": task_id}
    rows = rows_of(cursor, text, {name: values[name] for name in names})
    return rows[0] if rows else None


def rows_of(
    cursor: duckdb.DuckDBPyConnection, text: str, values: Mapping[str, object]
) -> list[dict[str, Any]]:
    """Return the rows of a SELECT by column."""
    answer = cursor.execute(text, dict(values))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def update_row(
    cursor: duckdb.DuckDBPyConnection, row: Mapping[str, Any], values: Mapping[str, Any], actor: str
) -> dict[str, Any]:
    """Write values as the next version of a task; return the row as it is now."""
    changed = {
        **values, "version": row["version"] + 1, "updated_at": dt.datetime.now(), "updated_by": actor
    }  # fmt: skip
    assignments = ", ".join(f"{name} = ${name}" for name in changed)
    cursor.execute(f"UPDATE task SET {assignments} WHERE task_id = $id", {**changed, "id": row["task_id"]})
    return {**row, **changed}


def insert_event(
    cursor: duckdb.DuckDBPyConnection,
    row: Mapping[str, Any],
    action: str,
    actor: str,
    before: str | None,
    *,
    reason: str = "",
    changes: tuple[str | None, str | None] = (None, None),
) -> None:
    """Note what happened to a task."""
    cursor.execute(
        "INSERT INTO task_event VALUES ($task, $version, $now, $actor, $action, $state_before, $state_after,"
        " $reason, $before, $after)",
        {
            "task": row["task_id"],
            "version": row["version"],
            "now": row["updated_at"],
            "actor": actor,
            "action": action,
            "state_before": before,
            "state_after": row["state"],
            "reason": reason.strip() or None,
            "before": changes[0],
            "after": changes[1],
        },
    )
