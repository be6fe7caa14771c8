"""Relations of a month in the store: rows of ``relation``, read and saved as one form per month.

The functions are those of :mod:`core.store.forms`, so that the same screen fills in both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import from_json, to_json, validate
from core.errors import InputError
from core.i18n import _
from core.store.database import Unchanged
from core.store.drafts import drop_draft
from core.store.form_rows import FormKey, check_customer
from core.store.forms import ConflictError, Record, of_version
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope
from core.store.table_records import details, last_change, past, versions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from core.store.database import Store

TABLE = "relation"


def records(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return the relations of a customer, the latest month first; ``key.record_id`` doesn't matter."""
    with store.cursor() as cursor:
        return _months(cursor, key, scope)


def load(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> Record | None:
    """Return the relation of a month (the ``record_id``); None where there is none."""
    return next((row for row in records(store, key, scope=scope) if row.record_id == key.record_id), None)


def save(
    store: Store,
    key: FormKey,
    payload: Mapping[str, object],
    *,
    expected_version: int,
    actor: str = "local",
    scope: Scope = EVERYTHING,
    draft_owner: str | None = None,
) -> Record:
    """Check the relation of a month and save it; one customer has one a month.

    Raises
    ------
    FormError
        Something is wrong with what is filled in.
    ConflictError
        Somebody saved, imported or removed it since; or a new one is for a month that has one.
    InputError
        There is no such customer, or the user may not change it; the month of a record is changed.
    """
    values = validate(key.form, payload)
    month = f"{values['month']:%Y-%m}"
    if key.record_id and key.record_id != month:
        raise InputError(
            _("A relation keeps its month, {month}.", month=key.record_id), _("Add one for the other month.")
        )
    settled = replace(key, record_id=month)
    known = load(store, settled, scope=scope)

    def change(cursor: duckdb.DuckDBPyConnection) -> Record:
        check_customer(cursor, key, scope)
        before = _month(cursor, settled, scope)
        if before is not None and dict(before.payload) == values:
            raise Unchanged(before)
        if (before.version if before else 0) != expected_version:
            raise ConflictError(before, values)
        _delete(cursor, settled)
        cursor.execute(
            "INSERT INTO relation (customer_type, customer_id, month, state, level, satisfaction)"
            " VALUES ($kind, $customer, $month, $state, $level, $satisfaction)",
            {**_key(settled), **{name: values[name] for name in ("state", "level", "satisfaction")}},
        )
        version = versions(cursor, TABLE, settled.text) + 1
        return Record(month, values, version, dt.datetime.now(), actor)

    audit = details(TABLE, settled.text, known, values)
    saved = store.write("relation_save", change, actor=actor, details=audit)
    if draft_owner is not None:
        drop_draft(store, key, draft_owner)
    return saved


def remove(
    store: Store, key: FormKey, *, expected_version: int, actor: str = "local", scope: Scope = EVERYTHING
) -> None:
    """Remove the relation of a month; what it said stays in the history.

    Raises
    ------
    ConflictError
        Somebody saved or removed it since.
    """
    known = load(store, key, scope=scope)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        check_customer(cursor, key, scope)
        now = _month(cursor, key, scope)
        if now is None or now.version != expected_version:
            raise ConflictError(now, {})
        _delete(cursor, key)

    store.write("relation_remove", change, actor=actor, details=details(TABLE, key.text, known, None))


def history(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return what the relation of a month said before each change, the latest first."""
    return past(store, key, TABLE, key.text, scope=scope)


def restore(
    store: Store, key: FormKey, version: int, *, actor: str = "local", scope: Scope = EVERYTHING
) -> Record:
    """Save what a relation said earlier as its next version.

    Raises
    ------
    InputError
        There is no such version.
    """
    found = of_version(history(store, key, scope=scope), version)
    now = load(store, key, scope=scope)
    expected = now.version if now else 0
    return save(store, key, found.payload, expected_version=expected, actor=actor, scope=scope)


def _key(key: FormKey) -> dict[str, object]:
    month = dt.date.fromisoformat(f"{key.record_id}-01")
    return {"kind": key.customer_type, "customer": key.customer_id, "month": month}


def _months(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> list[Record]:
    text, names = query("terminal_analysis/relation")
    given = {"kind": key.customer_type, "customer": key.customer_id, "scope": scope.parameter}
    rows = cursor.sql(text, params={name: given[name] for name in names}).to_arrow_table().to_pylist()
    return [_record(cursor, key, row) for row in rows]


def _month(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> Record | None:
    return next((row for row in _months(cursor, key, scope) if row.record_id == key.record_id), None)


def _record(cursor: duckdb.DuckDBPyConnection, key: FormKey, row: Mapping[str, Any]) -> Record:
    settled = replace(key, record_id=f"{row['month']:%Y-%m}")
    values = from_json(key.form, to_json(row))
    when, who = last_change(cursor, TABLE, settled.text) or (
        dt.datetime.combine(row["month"], dt.time()),
        "–",
    )
    return Record(settled.record_id, values, versions(cursor, TABLE, settled.text), when, who)


def _delete(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> None:
    cursor.execute(
        "DELETE FROM relation AS x WHERE x.customer_type = $kind AND x.customer_id = $customer"
        " AND x.month = $month",
        _key(key),
    )
