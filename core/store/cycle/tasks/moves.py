"""Moving tasks from state to state, signing them, bringing back what was dropped by mistake."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.cycle.tasks.measurement import MANUAL, Measurement
from core.cycle.tasks.states import check_move, check_signature
from core.errors import InputError
from core.i18n import _
from core.store.cycle.tasks.changes import check_current, insert_event, update_row, write
from core.store.cycle.tasks.rows import TaskRecord, record_of
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store


def move(
    store: Store,
    record: TaskRecord,
    to: str,
    *,
    actor: str = "local",
    reason: str = "",
    on: dt.date | None = None,
    scope: Scope = EVERYTHING,
) -> TaskRecord:
    """Move a task to another state; signing has a function of its own.

    Parameters
    ----------
    on
        The day it happened, for a drop; today where it isn't given.

    Raises
    ------
    InputError
        That state can't follow, or the reason is missing.
    TaskConflictError
        Somebody changed it since ``record`` was read.
    """
    check_move(record.state, to, reason)
    if to == "signed":
        raise InputError(_("A task is signed with a name."), _("Use the signature."))

    def change(cursor: duckdb.DuckDBPyConnection) -> TaskRecord:
        row = check_current(cursor, record, scope)
        closed_on = (on or dt.date.today()) if to == "dropped" else None
        saved = update_row(cursor, row, {"state": to, "closed_on": closed_on}, actor)
        insert_event(cursor, saved, "move", actor, row["state"], reason=reason)
        return record_of(saved)

    return write(store, "task_move", change, record, actor)


def undo_drop(
    store: Store, record: TaskRecord, *, actor: str = "local", scope: Scope = EVERYTHING
) -> TaskRecord:
    """Bring a task back that was dropped by mistake, in the state it had.

    Raises
    ------
    InputError
        It isn't dropped.
    TaskConflictError
        Somebody changed it since ``record`` was read.
    """
    if record.state != "dropped":
        raise InputError(_("Only a dropped task can be brought back."))

    def change(cursor: duckdb.DuckDBPyConnection) -> TaskRecord:
        row = check_current(cursor, record, scope)
        before = cursor.execute(
            "SELECT v.state_before FROM task_event AS v WHERE v.task_id = $id AND v.state_after = 'dropped'"
            " ORDER BY v.version DESC LIMIT 1",
            {"id": record.task_id},
        ).fetchall()[0][0]
        saved = update_row(cursor, row, {"state": before, "closed_on": None}, actor)
        insert_event(cursor, saved, "undo_drop", actor, "dropped")
        return record_of(saved)

    return write(store, "task_undo_drop", change, record, actor)


def sign(
    store: Store,
    record: TaskRecord,
    signer: str,
    *,
    measured: Measurement = MANUAL,
    reason: str = "",
    on: dt.date | None = None,
    actor: str = "local",
    scope: Scope = EVERYTHING,
) -> TaskRecord:
    """Sign that a task is done, with the manager's name, the day and what the data said.

    Raises
    ------
    InputError
        It isn't reported as done, the name is missing or that of who did it, or the data say otherwise and no
        reason is given.
    TaskConflictError
        Somebody changed it since ``record`` was read.
    """
    if measured.verdict != "reached" or record.state in {"signed", "dropped"}:
        check_move(record.state, "signed")

    def change(cursor: duckdb.DuckDBPyConnection) -> TaskRecord:
        row = check_current(cursor, record, scope)
        check_signature(signer, row["owner"], measured.verdict, reason)
        values = {
            "state": "signed",
            "closed_on": on or dt.date.today(),
            "signed_by": signer.strip(),
            "signed_verdict": measured.verdict,
            "signed_value": measured.value,
        }
        saved = update_row(cursor, row, values, actor)
        insert_event(cursor, saved, "sign", actor, row["state"], reason=reason)
        return record_of(saved)

    return write(store, "task_sign", change, record, actor)
