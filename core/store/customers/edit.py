"""Changing attributes of many customers at once: checked, in one transaction, with an audit.

Only what is safe to change in a grid can be changed here: names, coordinates and regions come from imports.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from core.errors import InputError, nearest
from core.i18n import _, format_number, ngettext
from core.store.scope import EVERYTHING, Scope
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from core.store.database import Store

SAFE = {
    "dealer": ("tier", "level", "owner_employee_id", "backup_employee_id"),
    "terminal": ("grade", "status", "outlet_type", "dealer_id", "employee_id"),
}
"""Columns by kind of customer."""
MOST = 100_000
"""Changes in one go."""
SHOWN = 20
LONGEST = 100
"""Characters of a free text such as an outlet type."""


@dataclass(frozen=True)
class Change:
    """One attribute of one customer."""

    customer_id: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class EditFinding:
    """What is wrong with a change: where, what, and what is allowed."""

    customer_id: str
    column: str
    message: str
    hint: str = ""


class EditError(InputError):
    """Some changes are wrong, so none was made; carries all findings."""

    def __init__(self, findings: Sequence[EditFinding]) -> None:
        shown = [f"{finding.customer_id}: {finding.message} {finding.hint}".strip() for finding in findings]
        more = len(shown) - SHOWN
        if more > 0:
            shown = [*shown[:SHOWN], _("… and {n} more.", n=format_number(more))]
        super().__init__(
            ngettext(
                "{n} change is not right; nothing was changed.",
                "{n} changes are not right; nothing was changed.",
                len(findings),
            ),
            "\n".join(shown),
        )
        self.findings = tuple(findings)


def edit(
    store: Store, kind: str, changes: Sequence[Change], *, actor: str = "local", scope: Scope = EVERYTHING
) -> int:
    """Change attributes of customers, all or none.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    changes
        What to change; ``before`` must still hold.

    Returns
    -------
    int
        How many attributes were changed.

    Raises
    ------
    EditError
        A value is not allowed, points nowhere, or was changed by somebody else; a customer is not there
        or not in the user's regions.
    InputError
        There are too many changes, or none.
    """
    real = [change for change in changes if (change.before or None) != (change.after or None)]
    if not 1 <= len(real) <= MOST:
        raise InputError(
            _(
                "Expected 1 to {most} changes, found {n}.",
                most=format_number(MOST),
                n=format_number(len(real)),
            ),
            _("Narrow the filter."),
        )

    if len({(change.customer_id, change.column) for change in real}) < len(real):
        raise InputError(_("A cell is changed twice."), _("Keep one of the changes."))

    def work(cursor: duckdb.DuckDBPyConnection) -> int:
        findings = [
            *forbidden(kind, real),
            *unknown(cursor, kind, real),
            *_moved(cursor, kind, real, scope),
        ]
        if findings:
            raise EditError(findings)
        _apply(cursor, kind, real)
        return len(real)

    details = {
        "entity": kind,
        "entity_key": ",".join(sorted({change.customer_id for change in real})[:SHOWN]),
        "before": _json(real, "before"),
        "after": _json(real, "after"),
    }
    return store.write("edit_customers", work, actor=actor, details=details)


def forbidden(kind: str, changes: Sequence[Change]) -> list[EditFinding]:
    """Find columns that can't be changed here, and values that a column doesn't know."""
    found = []
    for change in changes:
        if change.column not in SAFE[kind]:
            message = _("{column} can't be changed here.", column=change.column)
            found.append(EditFinding(change.customer_id, change.column, message))
            continue
        column = BY_NAME[kind].column(change.column)
        value = change.after or ""
        if value and column.known and value not in column.known:
            hint = _("Expected one of: {allowed}.", allowed=", ".join(column.known))
            if near := nearest(value, column.known):
                hint += " " + _("Did you mean {suggestion}?", suggestion=near)
            message = _("{column}: “{value}” is no choice.", column=_(column.label), value=value)
            found.append(EditFinding(change.customer_id, change.column, message, hint))
        elif len(value) > LONGEST:
            message = _("{column} has {count} characters.", column=_(column.label), count=len(value))
            hint = _("At most {most} are kept.", most=LONGEST)
            found.append(EditFinding(change.customer_id, change.column, message, hint))
    return found


def unknown(cursor: duckdb.DuckDBPyConnection, kind: str, changes: Sequence[Change]) -> list[EditFinding]:
    """Find ids of employees and dealers that aren't there."""
    found = []
    for name in SAFE[kind]:
        column = BY_NAME[kind].column(name)
        wanted = {change.after for change in changes if change.column == name and change.after}
        if column.references is None or not wanted:
            continue
        key = BY_NAME[column.references].key[0]
        known = {row[0] for row in cursor.execute(f"SELECT t.{key} FROM {column.references} AS t").fetchall()}
        near = {value: nearest(value, known) for value in wanted - known}
        for change in changes:
            if change.column == name and change.after in near:
                suggestion = near[change.after]
                found.append(
                    EditFinding(
                        change.customer_id,
                        name,
                        _("{column}: there is no “{value}”.", column=_(column.label), value=change.after),
                        _("Did you mean {suggestion}?", suggestion=suggestion) if suggestion else "",
                    )
                )
    return found


def _moved(
    cursor: duckdb.DuckDBPyConnection, kind: str, changes: Sequence[Change], scope: Scope
) -> list[EditFinding]:
    """Find customers that aren't there or not the user's, and values that somebody changed meanwhile."""
    columns = [name for name in SAFE[kind] if any(change.column == name for change in changes)]
    ids = sorted({change.customer_id for change in changes})
    listed = "".join(f", t.{name}" for name in columns)
    rows = cursor.execute(
        f"SELECT t.{kind}_id{listed} FROM {kind} AS t"
        f" WHERE t.{kind}_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))"
        " AND ($scope IS NULL OR t.region_id IN (SELECT c.region_id FROM region_closure AS c"
        " WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))",
        {"ids": ids, "scope": scope.parameter},
    ).fetchall()
    now: Mapping[str, dict[str, str | None]] = {
        row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows
    }
    found = []
    for change in changes:
        if change.customer_id not in now:
            message = _("This customer is not there, or not yours to change.")
        elif (now[change.customer_id].get(change.column, change.before) or None) != (change.before or None):
            message = _(
                "Somebody changed this in the meantime to “{value}”.",
                value=now[change.customer_id][change.column] or "–",
            )
        else:
            continue
        found.append(EditFinding(change.customer_id, change.column, message))
    return found


def _apply(cursor: duckdb.DuckDBPyConnection, kind: str, changes: Sequence[Change]) -> None:
    for name in SAFE[kind]:
        rows = [(change.customer_id, change.after or None) for change in changes if change.column == name]
        if not rows:
            continue
        ids, values = zip(*rows, strict=True)
        table = pa.table({"id": pa.array(ids, pa.string()), "value": pa.array(values, pa.string())})
        cursor.register("new_values", table)
        cursor.execute(
            f"UPDATE {kind} SET {name} = n.value FROM new_values AS n WHERE {kind}.{kind}_id = n.id"
        )
        cursor.unregister("new_values")


def _json(changes: Sequence[Change], side: str) -> str:
    found: dict[str, dict[str, str | None]] = {}
    for change in changes:
        found.setdefault(change.customer_id, {})[change.column] = getattr(change, side)
    return json.dumps(found, ensure_ascii=False)
