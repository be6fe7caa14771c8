"""Score sheets in the store: rows of ``score_item``, read and saved as one form per sheet.

The functions are those of :mod:`core.store.forms`, so that the same screen fills in both. Sheets are data
that files bring as well; so the sheet itself is kept in its table, and its earlier versions in the audit log.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.customers.forms.terminals import note_field, score_field
from core.customers.forms.validate import from_json, to_json, validate
from core.customers.score_sheet import ITEMS
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
    from collections.abc import Iterable, Mapping

    import duckdb

    from core.store.database import Store

TABLE = "score_item"
UNKNOWN_ACTOR = "–"


def records(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return the sheets of a terminal, the latest first; ``key.record_id`` doesn't matter."""
    with store.cursor() as cursor:
        return _sheets(cursor, key, scope)


def load(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> Record | None:
    """Return a sheet; None where there is none, or the user may not see its terminal."""
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
    """Check a sheet and save it; an empty ``record_id`` makes a new one, whose number tells its day.

    Raises
    ------
    FormError
        Something is wrong with what is filled in.
    ConflictError
        Somebody saved, imported or removed the sheet since.
    InputError
        There is no such terminal or employee, or the user may not change it.
    """
    values = validate(key.form, payload)
    settled = key
    if not key.record_id:
        settled = replace(key, record_id=f"S{values['assessed_on']:%Y%m%d}-{secrets.token_hex(3)}")
    # Versions only rise: where the one read here is the expected one, it is what the transaction replaces.
    known = load(store, settled, scope=scope)

    def change(cursor: duckdb.DuckDBPyConnection) -> Record:
        check_customer(cursor, key, scope)
        _check_employee(cursor, values["employee_id"])
        before = _sheet(cursor, settled, scope)
        if before is not None and dict(before.payload) == values:
            raise Unchanged(before)
        if (before.version if before else 0) != expected_version:
            raise ConflictError(before, values)
        _replace(cursor, settled, values)
        # The row in the audit log that counts this version is written after it.
        version = versions(cursor, TABLE, settled.record_id) + 1
        return Record(settled.record_id, values, version, dt.datetime.now(), actor)

    saved = store.write(
        "score_sheet_save", change, actor=actor, details=details(TABLE, settled.record_id, known, values)
    )
    if draft_owner is not None:
        drop_draft(store, key, draft_owner)
    return saved


def remove(
    store: Store, key: FormKey, *, expected_version: int, actor: str = "local", scope: Scope = EVERYTHING
) -> None:
    """Remove a sheet; what stood on it stays in the history.

    Raises
    ------
    ConflictError
        Somebody saved or removed it since.
    """
    known = load(store, key, scope=scope)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        check_customer(cursor, key, scope)
        now = _sheet(cursor, key, scope)
        if now is None or now.version != expected_version:
            raise ConflictError(now, {})
        _delete(cursor, key)

    store.write("score_sheet_remove", change, actor=actor, details=details(TABLE, key.record_id, known, None))


def history(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return what stood on a sheet before each change, the latest first."""
    return past(store, key, TABLE, key.record_id, scope=scope)


def restore(
    store: Store, key: FormKey, version: int, *, actor: str = "local", scope: Scope = EVERYTHING
) -> Record:
    """Save what stood on a sheet earlier as its next version.

    Raises
    ------
    InputError
        There is no such version.
    """
    found = of_version(history(store, key, scope=scope), version)
    now = load(store, key, scope=scope)
    expected = now.version if now else 0
    return save(store, key, found.payload, expected_version=expected, actor=actor, scope=scope)


def _sheet(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> Record | None:
    return next((row for row in _sheets(cursor, key, scope) if row.record_id == key.record_id), None)


def _sheets(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> list[Record]:
    text, names = query("terminal_analysis/items")
    given = {"terminal": key.customer_id, "scope": scope.parameter}
    table = cursor.sql(text, params={name: given[name] for name in names}).to_arrow_table().to_pylist()
    sheets: dict[str, list[dict[str, Any]]] = {}
    for row in table:
        sheets.setdefault(row["sheet_id"], []).append(row)
    return [_record(cursor, key, sheet_id, items) for sheet_id, items in sheets.items()]


def _record(
    cursor: duckdb.DuckDBPyConnection, key: FormKey, sheet_id: str, items: Iterable[Mapping[str, Any]]
) -> Record:
    payload: dict[str, Any] = {}
    for row in items:
        payload |= {name: row[name] for name in ("employee_id", "assessed_on", "assessor")}
        payload |= {score_field(row["item_no"]): row["score"], note_field(row["item_no"]): row["note"]}
    log = last_change(cursor, TABLE, sheet_id)
    day = dt.datetime.combine(payload["assessed_on"], dt.time())
    when, who = log or (day, payload["assessor"] or UNKNOWN_ACTOR)
    values = from_json(key.form, to_json(payload))
    return Record(sheet_id, values, versions(cursor, TABLE, sheet_id), when, who)


def _check_employee(cursor: duckdb.DuckDBPyConnection, employee_id: str | None) -> None:
    if employee_id is None:
        return
    sql = "SELECT COUNT(*) FROM employee AS e WHERE e.employee_id = $id"
    if not cursor.execute(sql, {"id": employee_id}).fetchall()[0][0]:
        raise InputError(
            _("There is no employee {employee}.", employee=employee_id), _("Choose one from the list.")
        )


def _replace(cursor: duckdb.DuckDBPyConnection, key: FormKey, values: Mapping[str, Any]) -> None:
    _delete(cursor, key)
    for item in ITEMS:
        score = values[score_field(item)]
        if score is None:
            continue
        cursor.execute(
            "INSERT INTO score_item (sheet_id, item_no, terminal_id, employee_id, assessed_on, assessor,"
            " score, note) VALUES ($sheet, $item, $terminal, $employee, $day, $assessor, $score, $note)",
            {
                "sheet": key.record_id,
                "item": item,
                "terminal": key.customer_id,
                "employee": values["employee_id"],
                "day": values["assessed_on"],
                "assessor": values["assessor"],
                "score": score,
                "note": values[note_field(item)],
            },
        )


def _delete(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> None:
    cursor.execute(
        "DELETE FROM score_item AS i WHERE i.sheet_id = $sheet AND i.terminal_id = $terminal",
        {"sheet": key.record_id, "terminal": key.customer_id},
    )
