"""Undoing a change of many customers in one step, and keeping what somebody changed since."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.errors import InputError
from core.i18n import _
from core.store.audit.entries import own_actor
from core.store.customers.bulk_edit import ACTION
from core.store.customers.edit import SAFE
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

_UNDO = "undo_change_all"
_MADE = """
    SELECT a.audit_id AS audit_id, a.happened_at AS happened_at, a.actor AS actor, a.after AS after
    FROM audit_log AS a
    WHERE a.action = $change AND a.entity = $kind AND COALESCE(a.actor = $actor, TRUE) AND NOT EXISTS (
        SELECT 1 FROM audit_log AS u WHERE u.action = $undo AND u.entity_key = CAST(a.audit_id AS VARCHAR))
    ORDER BY a.audit_id DESC NULLS LAST
    LIMIT 1
"""
_UNDONE = "SELECT COUNT(*) AS undone FROM audit_log AS a WHERE a.action = $undo AND a.entity_key = $audit"
_FOREIGN = """
    SELECT COUNT(*) FROM {kind} AS t INNER JOIN old_values AS o ON o.id = t.{kind}_id
    WHERE NOT ($scope IS NULL OR COALESCE(t.region_id IN (
        SELECT c.region_id FROM region_closure AS c
        WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))), FALSE))
"""


@dataclass(frozen=True)
class Made:
    """A change that was made and not undone.

    Parameters
    ----------
    audit_id
        Its number in the audit log.
    """

    audit_id: int
    happened_at: dt.datetime
    actor: str
    column: str
    value: str | None
    customers: int


def last_made(store: Store, kind: str) -> Made | None:
    """Return the latest change of all of a kind of customers that wasn't undone; to some, of their own."""
    asked = {"change": ACTION, "undo": _UNDO, "kind": kind, "actor": own_actor(store)}
    rows = store.whole.fetch(_MADE, asked).to_pylist()
    if not rows:
        return None
    row = rows[0]
    return Made(row["audit_id"], row["happened_at"], row["actor"], **json.loads(row["after"]))


def undo(store: Store, audit_id: int, *, actor: str = "local", scope: Scope = EVERYTHING) -> tuple[int, int]:
    """Give the customers of a change the values they had before it, in one transaction.

    Parameters
    ----------
    audit_id
        The change, of :func:`last_made`.

    Returns
    -------
    tuple of int
        How many went back, and how many keep what somebody gave them since.

    Raises
    ------
    InputError
        There is no such change, it was undone, or some of its customers aren't the user's.
    """
    with store.noting_refusals(
        _UNDO, {"entity_key": str(audit_id)}, lambda whole: _change_made(whole, audit_id)
    ):
        made = _change_made(store, audit_id)
    kind, after = made["kind"], json.loads(made["after"])
    column, groups = after["column"], json.loads(made["before"])
    if column not in SAFE[kind]:
        raise _gone(audit_id)
    old = pa.table(
        {
            "id": pa.array([key for _value, ids in groups for key in ids], pa.string()),
            "value": pa.array([value for value, ids in groups for _key in ids], pa.string()),
        }
    )
    same = f"t.{kind}_id = o.id AND NULLIF(t.{column}, '') IS NOT DISTINCT FROM $value"

    def work(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        if store.whole.fetch(_UNDONE, {"undo": _UNDO, "audit": str(audit_id)})["undone"][0].as_py():
            raise _gone(audit_id)
        cursor.register("old_values", old)
        if _number(cursor, _FOREIGN.format(kind=kind), {"scope": scope.parameter}):
            raise InputError(_("Some of these customers are not yours to change."))
        back = _number(
            cursor,
            f"SELECT COUNT(*) FROM {kind} AS t INNER JOIN old_values AS o ON {same}",
            {"value": after["value"]},
        )
        cursor.execute(
            f"UPDATE {kind} SET {column} = o.value FROM old_values AS o"
            f" WHERE {same.replace('t.', f'{kind}.')}",
            {"value": after["value"]},
        )
        cursor.unregister("old_values")
        return back, old.num_rows - back

    details = {"entity": kind, "entity_key": str(audit_id)}
    return store.write(_UNDO, work, actor=actor, details=details)


def _change_made(store: Store, audit_id: int) -> dict[str, Any]:
    """Return kind, before and after of a change, of the own ones for whoever sees a part."""
    found: list[dict[str, Any]] = store.whole.fetch(
        "SELECT a.entity AS kind, a.before AS before, a.after AS after FROM audit_log AS a"
        " WHERE a.audit_id = $audit AND a.action = $change AND COALESCE(a.actor = $actor, TRUE)",
        {"audit": audit_id, "change": ACTION, "actor": own_actor(store)},
    ).to_pylist()
    if not found:
        raise _gone(audit_id)
    return found[0]


def _number(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, object]) -> int:
    return int(cursor.execute(text, values).fetchall()[0][0])


def _gone(audit_id: int) -> InputError:
    return InputError(_("Change {number} is not there any more, or was undone.", number=audit_id))
