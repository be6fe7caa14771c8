"""Changing one field of all customers that a filter leaves: seen before it is done.

What may be changed, and to what, is as in the grid (:mod:`core.store.customers.edit`). The audit log keeps
the values before, by value and not by customer, so that a change of a million stays small; from there it is
undone (:mod:`core.store.customers.bulk_undo`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _, format_number
from core.store.customers import search
from core.store.customers.edit import Change, forbidden, unknown
from core.store.customers.filter import NO_FILTER, CustomerFilter
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

ACTION = "change_all"
_DIFFERS = "NULLIF(t.{column}, '') IS DISTINCT FROM $value"


@dataclass(frozen=True)
class FieldChange:
    """One field of all customers that a filter leaves.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    """

    kind: str
    column: str
    value: str | None
    filters: CustomerFilter = NO_FILTER
    scope: Scope = EVERYTHING


@dataclass(frozen=True)
class Preview:
    """What a change would do.

    Parameters
    ----------
    before
        The values that would go and how many customers have them, most first.
    """

    customers: int
    before: tuple[tuple[str | None, int], ...]

    @property
    def differing(self) -> int:
        """How many customers would change."""
        return sum(count for _value, count in self.before)


def preview(store: Store, change: FieldChange) -> Preview:
    """Check a change and return what it would do.

    Raises
    ------
    InputError
        The field can't be changed here, or the value is not allowed or points nowhere.
    """
    with store.cursor() as cursor:
        _check(cursor, change)
    conditions, values = _conditions(store, change)
    counted = store.fetch(
        f"SELECT COUNT(*) AS customers FROM {change.kind} AS t WHERE TRUE{conditions}", values
    )
    before = store.fetch(
        f"SELECT NULLIF(t.{change.column}, '') AS before, COUNT(*) AS customers FROM {change.kind} AS t"
        f" WHERE {_DIFFERS.format(column=change.column)}{conditions}"
        " GROUP BY 1 ORDER BY customers DESC NULLS LAST, before ASC NULLS LAST",
        {**values, "value": change.value},
    )
    rows = tuple(zip(before["before"].to_pylist(), before["customers"].to_pylist(), strict=True))
    return Preview(counted["customers"][0].as_py(), rows)


def change_all(store: Store, change: FieldChange, *, expected: int, actor: str = "local") -> int:
    """Change the field of all customers that differ, in one transaction.

    Parameters
    ----------
    expected
        How many were said to differ.

    Returns
    -------
    int
        How many customers changed.

    Raises
    ------
    InputError
        See :func:`preview`; nobody differs, or others than those that were shown.
    """
    conditions, values = _conditions(store, change)
    with store.cursor() as cursor:
        _check(cursor, change)
        before = _before(cursor, change, conditions, values)
    found = sum(len(ids) for _value, ids in before)
    if not found:
        raise InputError(_("Nobody would change."), _("Choose another value, or other customers."))
    if found != expected:
        raise _moved(found, expected)

    def work(cursor: duckdb.DuckDBPyConnection) -> int:
        _check(cursor, change)
        if _before(cursor, change, conditions, values) != before:
            raise _moved(found, expected)
        cursor.execute(
            f"UPDATE {change.kind} SET {change.column} = $value WHERE {change.kind}_id IN ("
            f"SELECT t.{change.kind}_id FROM {change.kind} AS t"
            f" WHERE {_DIFFERS.format(column=change.column)}{conditions})",
            {**values, "value": change.value},
        )
        return found

    after = {"column": change.column, "value": change.value, "customers": found}
    details = {
        "entity": change.kind,
        "entity_key": change.column,
        "before": json.dumps(before, ensure_ascii=False),
        "after": json.dumps(after, ensure_ascii=False),
    }
    return store.write(ACTION, work, actor=actor, details=details)


def _check(cursor: duckdb.DuckDBPyConnection, change: FieldChange) -> None:
    one = [Change("", change.column, None, change.value)]
    findings = forbidden(change.kind, one) or unknown(cursor, change.kind, one)
    if findings:
        raise InputError(findings[0].message, findings[0].hint)


def _conditions(store: Store, change: FieldChange) -> tuple[str, dict[str, object]]:
    conditions, values = change.filters.conditions(change.kind, change.scope)
    if "text" in values:
        search.ensure(store)
    return conditions, values


def _before(
    cursor: duckdb.DuckDBPyConnection, change: FieldChange, conditions: str, values: dict[str, object]
) -> list[tuple[str | None, list[str]]]:
    """Return each value that would go with the ids of its customers."""
    key = f"t.{change.kind}_id"
    return cursor.execute(
        f"SELECT NULLIF(t.{change.column}, '') AS before, LIST({key} ORDER BY {key})"
        f" FROM {change.kind} AS t WHERE {_DIFFERS.format(column=change.column)}{conditions}"
        " GROUP BY 1 ORDER BY 1 ASC NULLS LAST",
        {**values, "value": change.value},
    ).fetchall()


def _moved(now: int, expected: int) -> InputError:
    return InputError(
        _(
            "The list changed in the meantime: {expected} would have changed, now it is {now}.",
            expected=format_number(expected),
            now=format_number(now),
        ),
        _("Look at it again; nothing was changed."),
    )
