"""Reading, making and changing tasks: every change a version, nobody's work overwritten unseen.

Whoever changes a task hands over the record that was read; where it has moved on since,
:class:`~core.store.cycle.tasks.rows.TaskConflictError` carries what the other one made of it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.store.caching.memo import recall
from core.store.cycle.tasks.changes import (
    check_current,
    current_row,
    insert_event,
    rows_of,
    update_row,
    write,
)
from core.store.cycle.tasks.rows import CONTENT, TaskRecord, difference, record_of, values_of
from core.store.database import Unchanged
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

    from core.cycle.tasks.task import Task
    from core.store.database import Store


def task_table(store: Store, *, within: str | None = None, scope: Scope = EVERYTHING) -> pa.Table:
    """Return the tasks of a region and below, those with the earliest due day first.

    Returns
    -------
    pyarrow.Table
        The columns of ``task``, and place_id (region of the customer, else of the task), customer, region,
        region_en, region_level, owner, manager_id, manager.
    """
    return recall(store, "cycle/tasks", scope=scope, within=within, task=None)


def load(store: Store, task_id: str, *, scope: Scope = EVERYTHING) -> TaskRecord | None:
    """Return a task; None where there is none or the user may not see it."""
    rows = store.read("cycle/tasks", scope=scope, within=None, task=task_id).to_pylist()
    return record_of(rows[0]) if rows else None


def events(store: Store, task_id: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return version, happened_at, actor, action, state_before, state_after, reason, before, after.

    The latest event comes first; what is missing is None.
    """
    table = store.read("cycle/task_events", scope=scope, task=task_id).to_pandas()
    return table.astype(object).where(table.notna(), None)


def create(
    store: Store,
    task: Task,
    *,
    actor: str = "local",
    beside: Collection[str] = (),
    scope: Scope = EVERYTHING,
) -> tuple[TaskRecord, bool]:
    """Make a task, unless one of the same finding is still open.

    Parameters
    ----------
    beside
        Ids of tasks that are no hindrance although nobody closed them: the data did.

    Returns
    -------
    (TaskRecord, bool)
        The task, and whether it is new; else it is the open one of the same finding.

    Raises
    ------
    InputError
        It lies outside the user's regions.
    """

    def change(cursor: duckdb.DuckDBPyConnection) -> tuple[TaskRecord, bool]:
        twin = _twin(cursor, task, beside)
        if twin is not None:
            raise Unchanged((twin, False))
        now, task_id = dt.datetime.now(), secrets.token_hex(6)
        row = {
            **values_of(task), "task_id": task_id, "state": "open", "version": 1, "created_at": now,
            "created_by": actor, "updated_at": now, "updated_by": actor, "closed_on": None, "signed_by": None,
            "signed_verdict": None, "signed_value": None,
        }  # fmt: skip
        columns = list(row)
        cursor.execute(
            f"INSERT INTO task ({', '.join(columns)}) VALUES ({', '.join('$' + name for name in columns)})",
            row,
        )
        if current_row(cursor, task_id, scope) is None:
            raise InputError(_("The task lies outside your regions."), _("Choose a region of yours."))
        insert_event(cursor, row, "create", actor, None)
        return record_of(row), True

    return store.write("task_create", change, actor=actor, details={"entity": "task", "after": task.title})


def edit(
    store: Store, record: TaskRecord, task: Task, *, actor: str = "local", scope: Scope = EVERYTHING
) -> TaskRecord:
    """Save what is to be done as the next version; a signed or dropped task stays as it is.

    Raises
    ------
    TaskConflictError
        Somebody changed it since ``record`` was read.
    InputError
        It is closed, or would lie outside the user's regions.
    """
    if record.state in {"signed", "dropped"}:
        raise InputError(_("A closed task can't be changed."), _("Make a follow-up task instead."))

    def change(cursor: duckdb.DuckDBPyConnection) -> TaskRecord:
        row = check_current(cursor, record, scope)
        values = values_of(task)
        if all(row[name] == values[name] for name in CONTENT):
            raise Unchanged(record_of(row))
        saved = update_row(cursor, row, values, actor)
        if current_row(cursor, record.task_id, scope) is None:
            raise InputError(_("The task lies outside your regions."), _("Choose a region of yours."))
        insert_event(cursor, saved, "edit", actor, row["state"], changes=difference(row, values))
        return record_of(saved)

    return write(store, "task_edit", change, record, actor)


def _twin(cursor: duckdb.DuckDBPyConnection, task: Task, beside: Collection[str]) -> TaskRecord | None:
    if task.finding.kind in {"manual", "follow_up"}:
        return None
    rows = rows_of(
        cursor,
        "SELECT k.* FROM task AS k WHERE k.finding_kind = $kind AND k.finding_key = $key"
        " AND k.state IN ('open', 'doing', 'done') ORDER BY k.created_at DESC NULLS LAST",
        {"kind": task.finding.kind, "key": task.finding.key},
    )
    return next((record_of(row) for row in rows if row["task_id"] not in beside), None)
