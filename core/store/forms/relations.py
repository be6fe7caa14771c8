"""Relations of a month in the store: rows of ``relation``, read and saved as one form per month.

The functions are those of :mod:`core.store.forms.forms`, so that the same screen fills in both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import from_json, to_json
from core.errors import InputError
from core.i18n import _
from core.store.forms.forms import Record
from core.store.forms.versioned_rows import TableRecords, last_change, versions
from core.store.queries import query

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from core.store.forms.rows import FormKey
    from core.store.scope import Scope

TABLE = "relation"


def _settled(key: FormKey, values: Mapping[str, Any]) -> FormKey:
    """Return the key of the values' month; one customer has one relation a month."""
    month = f"{values['month']:%Y-%m}"
    if key.record_id and key.record_id != month:
        raise InputError(
            _("A relation keeps its month, {month}.", month=key.record_id), _("Add one for the other month.")
        )
    return replace(key, record_id=month)


def _key(key: FormKey) -> dict[str, object]:
    month = dt.date.fromisoformat(f"{key.record_id}-01")
    return {"kind": key.customer_type, "customer": key.customer_id, "month": month}


def _months(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> list[Record]:
    text, names = query("terminal_analysis/relation")
    given = {"kind": key.customer_type, "customer": key.customer_id, "scope": scope.parameter}
    rows = cursor.sql(text, params={name: given[name] for name in names}).to_arrow_table().to_pylist()
    return [_record(cursor, key, row) for row in rows]


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


def _check(_cursor: duckdb.DuckDBPyConnection, _values: Mapping[str, Any]) -> None:
    """Let everything pass: a relation names nothing but its customer, who is checked anyway."""


def _insert(cursor: duckdb.DuckDBPyConnection, key: FormKey, values: Mapping[str, Any]) -> None:
    cursor.execute(
        "INSERT INTO relation (customer_type, customer_id, month, state, level, satisfaction)"
        " VALUES ($kind, $customer, $month, $state, $level, $satisfaction)",
        {**_key(key), **{name: values[name] for name in ("state", "level", "satisfaction")}},
    )


_KEPT = TableRecords(TABLE, "relation", lambda key: key.text, _settled, _months, _check, _insert, _delete)
records, load, save, remove = _KEPT.records, _KEPT.load, _KEPT.save, _KEPT.remove
history, restore = _KEPT.history, _KEPT.restore
