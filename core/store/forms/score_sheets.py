"""Score sheets in the store: rows of ``score_item``, read and saved as one form per sheet.

The functions are those of :mod:`core.store.forms.forms`, so that the same screen fills in both. Sheets are
data that files bring as well; so the sheet itself is kept in its table, and its earlier versions in the audit
log.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.customers.accounts.score_sheet import ITEMS
from core.customers.forms.terminals import note_field, score_field
from core.customers.forms.validate import from_json, to_json
from core.errors import InputError
from core.i18n import _
from core.store.forms.forms import Record
from core.store.forms.versioned_rows import TableRecords, last_change, versions
from core.store.queries import query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from core.store.forms.rows import FormKey
    from core.store.scope import Scope

TABLE = "score_item"
UNKNOWN_ACTOR = "–"


def _settled(key: FormKey, values: Mapping[str, Any]) -> FormKey:
    """Return the key of a sheet; a new one gets a number that tells its day."""
    if key.record_id:
        return key
    return replace(key, record_id=f"S{values['assessed_on']:%Y%m%d}-{secrets.token_hex(3)}")


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


def _check(cursor: duckdb.DuckDBPyConnection, values: Mapping[str, Any]) -> None:
    employee_id = values["employee_id"]
    if employee_id is None:
        return
    sql = "SELECT COUNT(*) FROM employee AS e WHERE e.employee_id = $id"
    if not cursor.execute(sql, {"id": employee_id}).fetchall()[0][0]:
        raise InputError(
            _("There is no employee {employee}.", employee=employee_id), _("Choose one from the list.")
        )


def _insert(cursor: duckdb.DuckDBPyConnection, key: FormKey, values: Mapping[str, Any]) -> None:
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


_KEPT = TableRecords(
    TABLE, "score_sheet", lambda key: key.record_id, _settled, _sheets, _check, _insert, _delete
)
records, load, save, remove = _KEPT.records, _KEPT.load, _KEPT.save, _KEPT.remove
history, restore = _KEPT.history, _KEPT.restore
