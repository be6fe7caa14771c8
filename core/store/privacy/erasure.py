"""Erasing one person's data: forms with history and drafts, the audit, rows set aside, photos."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from core.store.cycle.day.photos import folder
from core.store.privacy.person import FORM_TABLES, PERSONAL_FIELDS, find_rows, key_text
from core.store.sql_text import quoted

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store
    from core.store.privacy.person import Found, Subject

ERASED = "〔已删除〕"
"""Stands where a name stood that may not be empty, and in place of a number inside a text."""
_KEYS = ("_id", "sha256", "fingerprint")
_TEXTS = """
    SELECT c.schema_name, c.table_name, c.column_name FROM duckdb_columns() AS c
    WHERE c.database_name = CURRENT_DATABASE() AND c.data_type = 'VARCHAR' AND NOT c.internal
    AND c.schema_name IN ('main', 'history')
"""


def erase(store: Store, subject: Subject) -> dict[str, int]:
    """Erase somebody's data in one transaction; that it was done, and by whom, is an entry of the audit.

    Returns
    -------
    dict
        By table, how many rows were changed; ``photos``: how many went.

    Raises
    ------
    InputError
        The customer or the employee is not there.
    """
    counts: dict[str, int] = {}
    photos: list[str] = []
    details = {"entity_key": subject.label, "after": ""}

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        found = find_rows(cursor, subject)
        if subject.employee_id is not None:
            _erase_employee(cursor, subject.employee_id, counts)
        _erase_forms(cursor, found, counts)
        _erase_audit(cursor, found, counts)
        _erase_quarantine(cursor, found, counts)
        if found.numbers:
            _erase_numbers(cursor, found.numbers, counts)
        photos.extend(found.photos)
        if photos:
            cursor.execute(
                "DELETE FROM visit_photo AS p WHERE list_contains($names, p.sha256)", {"names": photos}
            )
            counts["photos"] = len(photos)
        details["after"] = json.dumps(counts)

    store.write("erase_person", work, details=details)
    for name in photos:
        with suppress(OSError):
            (folder(store) / f"{name}.jpg").unlink()
    return counts


def _erase_employee(cursor: duckdb.DuckDBPyConnection, employee_id: str, counts: dict[str, int]) -> None:
    for table in ("employee", "history.employee"):
        counts[table] = _changed(
            cursor,
            f"UPDATE {table} AS e SET name = $mark, lat = NULL, lon = NULL WHERE e.employee_id = $id",
            {"mark": ERASED, "id": employee_id},
        )
    for table in ("visit_office", "visit_night"):
        counts[table] = _changed(
            cursor, f"DELETE FROM {table} AS e WHERE e.employee_id = $id", {"id": employee_id}
        )


def _erase_forms(cursor: duckdb.DuckDBPyConnection, found: Found, counts: dict[str, int]) -> None:
    for table in FORM_TABLES:
        for row in found.forms.get(table, []):
            payload = dict(row["payload"])
            for name in PERSONAL_FIELDS[row["form"]]:
                if payload.get(name) is not None:
                    payload[name] = ERASED if name == "name" else None
            keys = ["form", "customer_type", "customer_id", "record_id"]
            keys += ["actor"] if table == "form_draft" else ["version"]
            where = " AND ".join(f"f.{key} = ${key}" for key in keys)
            values = {key: row[key] for key in keys} | {"payload": json.dumps(payload, ensure_ascii=False)}
            counts[table] = counts.get(table, 0) + _changed(
                cursor, f"UPDATE {table} AS f SET payload = $payload WHERE {where}", values
            )


def _erase_audit(cursor: duckdb.DuckDBPyConnection, found: Found, counts: dict[str, int]) -> None:
    """Blank what entries about these records say before and after; who, when and what stays."""
    records = {key_text(row) for rows in found.forms.values() for row in rows}
    for table in ("audit_log", "audit_event"):
        text = (
            f"UPDATE {table} AS a SET before = CASE WHEN a.before IS NULL THEN NULL ELSE $mark END,"
            " after = CASE WHEN a.after IS NULL THEN NULL ELSE $mark END"
            " WHERE list_contains($keys, a.entity_key)"
        )
        if records:
            counts[table] = _changed(cursor, text, {"keys": sorted(records), "mark": ERASED})


def _erase_quarantine(cursor: duckdb.DuckDBPyConnection, found: Found, counts: dict[str, int]) -> None:
    """Empty the cells of rows set aside in which the number stands: such a row is about the person."""
    for row in found.others.get("quarantine", []):
        payload = json.dumps(dict.fromkeys(json.loads(row["payload"])), ensure_ascii=False)
        counts["quarantine"] = counts.get("quarantine", 0) + _changed(
            cursor,
            "UPDATE quarantine AS q SET payload = $payload, findings = '[]', reason = $mark,"
            " status = CASE WHEN q.status = 'open' THEN 'discarded' ELSE q.status END"
            " WHERE q.item_id = $item",
            {"payload": payload, "mark": ERASED, "item": row["item_id"]},
        )


def _erase_numbers(cursor: duckdb.DuckDBPyConnection, numbers: set[str], counts: dict[str, int]) -> None:
    """Replace telephone numbers in every text of the store: remarks, titles, results of visits.

    Keys stay, and longer numbers in which one stands: that would be another thing's name.
    """
    pattern = f"(^|[^0-9])(?:{'|'.join(map(re.escape, sorted(numbers)))})($|[^0-9])"
    tables: dict[str, list[str]] = {}
    for schema, table, column in cursor.execute(_TEXTS).fetchall():
        if not column.endswith(_KEYS):
            tables.setdefault(f"{quoted(schema)}.{quoted(table)}", []).append(quoted(column))
    for table, columns in tables.items():
        holds = [f"regexp_matches(t.{column}, $pattern)" for column in columns]
        sums = ", ".join(f"COUNT(CASE WHEN {test} THEN 1 END)" for test in holds)
        found = cursor.execute(f"SELECT {sums} FROM {table} AS t", {"pattern": pattern}).fetchall()[0]
        for column, test, rows in zip(columns, holds, found, strict=True):
            if rows:
                cursor.execute(
                    f"UPDATE {table} AS t SET {column} = regexp_replace(t.{column}, $pattern, $mark, 'g')"
                    f" WHERE {test}",
                    {"pattern": pattern, "mark": rf"\1{ERASED}\2"},
                )
                name = table.rpartition(".")[2].strip('"')
                counts[name] = counts.get(name, 0) + int(rows)


def _changed(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, object]) -> int:
    return int(cursor.execute(text, values).fetchall()[0][0])
