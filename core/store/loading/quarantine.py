"""Rows that could not be loaded: kept as they stood in the file until somebody works them off."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import StoreError
from core.i18n import _

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.store.database import Store

_LIST = """
    SELECT q.item_id, q.run_id, r.file_name, q.sheet_name, q.table_name, q.row_number, q.payload, q.findings,
           q.status, q.reason, q.changed_at, q.changed_by
    FROM quarantine AS q
    INNER JOIN import_run AS r ON r.run_id = q.run_id
    WHERE $status IS NULL OR q.status = $status
    ORDER BY q.run_id DESC, q.sheet_name, q.row_number, q.item_id
"""


@dataclass(frozen=True)
class Row:
    """A row to be set aside.

    Parameters
    ----------
    payload
        Header of the file -> cell: text, number, truth or None.
    """

    number: int
    payload: Mapping[str, Any]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """How a sheet was read, and which of its rows are set aside.

    Parameters
    ----------
    name, table
        The sheet, and the table it goes into.
    """

    name: str
    table: str
    mapping: str
    year: int | None = None
    rows: Sequence[Row] = ()


@dataclass(frozen=True)
class Run:
    """A file that came through the guided import.

    Parameters
    ----------
    resolves
        Items of the quarantine that this run loads.
    """

    file: str
    sha256: str
    sheets: Sequence[Sheet]
    resolves: Sequence[int] = ()


def record(cursor: duckdb.DuckDBPyConnection, run: Run, batches: Sequence[int], actor: str) -> int:
    """Write down a run and the rows it set aside, in the transaction that loads the others.

    An open row of an earlier run of a file of the same name that reads the same is replaced by the new one.

    Returns
    -------
    int
        Number of the run.
    """
    now = dt.datetime.now()
    number = _next(cursor, "import_run", "run_id")
    cursor.execute(
        "INSERT INTO import_run VALUES (?, ?, ?, ?, ?)", [number, run.file, run.sha256, actor, now]
    )
    for batch in batches:
        cursor.execute("INSERT INTO import_run_batch VALUES (?, ?)", [number, batch])
    item = _next(cursor, "quarantine", "item_id")
    rows = []
    for sheet in run.sheets:
        cursor.execute(
            "INSERT INTO import_sheet VALUES (?, ?, ?, ?, ?)",
            [number, sheet.name, sheet.table, sheet.mapping, sheet.year],
        )
        for row in sheet.rows:
            payload = json.dumps(dict(row.payload), ensure_ascii=False, sort_keys=True)
            findings = json.dumps(list(row.findings), ensure_ascii=False)
            place = (sheet.name, sheet.table, row.number)
            rows.append((item, number, *place, payload, findings, "open", None, None, now, actor))
            item += 1
    if rows:
        cursor.executemany(f"INSERT INTO quarantine VALUES ({', '.join('?' * 12)})", rows)
        _replace_equal(cursor, number, run.file, actor)
    _set(cursor, run.resolves, "loaded", actor, resolved_by=number)
    return number


def _next(cursor: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    found = cursor.execute(f"SELECT COALESCE(MAX(t.{column}), 0) + 1 FROM {table} AS t").fetchall()
    return int(found[0][0])


def _replace_equal(cursor: duckdb.DuckDBPyConnection, run: int, file: str, actor: str) -> None:
    cursor.execute(
        "UPDATE quarantine AS q SET status = 'replaced', changed_at = $now, changed_by = $actor"
        " WHERE q.status = 'open' AND q.run_id <> $run"
        " AND q.run_id IN (SELECT r.run_id FROM import_run AS r WHERE r.file_name = $file)"
        " AND EXISTS (SELECT 1 FROM quarantine AS n WHERE n.run_id = $run AND n.sheet_name = q.sheet_name"
        " AND n.row_number = q.row_number AND n.payload = q.payload)",
        {"now": dt.datetime.now(), "actor": actor, "run": run, "file": file},
    )


def _set(
    cursor: duckdb.DuckDBPyConnection,
    items: Sequence[int],
    status: str,
    actor: str,
    *,
    reason: str | None = None,
    resolved_by: int | None = None,
) -> None:
    if not items:
        return
    wanted = list(dict.fromkeys(int(item) for item in items))
    found = cursor.execute(
        "SELECT COUNT(*) FROM quarantine AS q WHERE q.status = 'open' AND q.item_id IN"
        " (SELECT UNNEST(CAST($items AS BIGINT[])))",
        {"items": wanted},
    ).fetchall()[0][0]
    if found != len(wanted):
        raise StoreError(
            _("{count} of these rows are no longer open.", count=len(wanted) - found),
            _("Somebody worked them off meanwhile. Look at the list again."),
        )
    cursor.execute(
        "UPDATE quarantine AS q SET status = $status, reason = $reason, resolved_by = $run,"
        " changed_at = $now, changed_by = $actor WHERE q.item_id IN"
        " (SELECT UNNEST(CAST($items AS BIGINT[])))",
        {
            "items": wanted,
            "status": status,
            "reason": reason,
            "run": resolved_by,
            "now": dt.datetime.now(),
            "actor": actor,
        },
    )


def items(store: Store, status: str | None = "open") -> pa.Table:
    """Return rows set aside, those of the latest file first.

    Parameters
    ----------
    status
        ``open``, ``loaded`` (corrected), ``discarded``, ``replaced`` (the file came again with the same
        row) or ``undone`` (its file was taken back); None for all.

    Returns
    -------
    pyarrow.Table
        ``item_id, run_id, file_name, sheet_name, table_name, row_number, payload, findings, status,
        reason, changed_at, changed_by``; payload and findings are JSON.
    """
    return store.fetch(_LIST, {"status": status})


def discard(store: Store, item_ids: Sequence[int], reason: str, *, actor: str = "local") -> None:
    """Give up rows; they stay in the list of the discarded ones with the reason.

    Raises
    ------
    StoreError
        The reason is empty, or a row is no longer open.
    """
    if not reason.strip():
        raise StoreError(_("Rows can't be discarded without a reason."), _("Say why they aren't needed."))
    numbers = ", ".join(map(str, item_ids))
    store.write(
        "discard",
        lambda cursor: _set(cursor, item_ids, "discarded", actor, reason=reason.strip()),
        actor=actor,
        details={"entity": "quarantine", "entity_key": numbers[:2000], "after": reason.strip()},
    )


def sheet_of(store: Store, run_id: int, sheet_name: str) -> tuple[str, int | None]:
    """Return how a sheet of a run was read: its mapping as TOML, and the year.

    Raises
    ------
    StoreError
        There is no such sheet.
    """
    rows = store.fetch(
        "SELECT s.mapping, s.year FROM import_sheet AS s WHERE s.run_id = $run AND s.sheet_name = $sheet",
        {"run": run_id, "sheet": sheet_name},
    ).to_pylist()
    if not rows:
        raise StoreError(_("The sheet {sheet} of import {run} is unknown.", sheet=sheet_name, run=run_id))
    return str(rows[0]["mapping"]), rows[0]["year"]


def whole_runs(cursor: duckdb.DuckDBPyConnection, batches: Sequence[int]) -> list[int]:
    """Return batches with all others of their files that are still loaded: a file is undone whole."""
    found = cursor.execute(
        "SELECT o.batch_id FROM import_run_batch AS o INNER JOIN import_batch AS b ON b.batch_id = o.batch_id"
        " WHERE b.status = 'loaded' AND o.run_id IN (SELECT m.run_id FROM import_run_batch AS m"
        " WHERE m.batch_id IN (SELECT UNNEST(CAST($batches AS BIGINT[]))))",
        {"batches": list(batches)},
    ).fetchall()
    return sorted({*batches, *(int(row[0]) for row in found)}, reverse=True)


def undo_runs(cursor: duckdb.DuckDBPyConnection, batches: Sequence[int], actor: str) -> None:
    """Close the rows that undone files set aside, and open again those that they had loaded."""
    runs = (
        "(SELECT m.run_id FROM import_run_batch AS m WHERE m.batch_id IN"
        " (SELECT UNNEST(CAST($batches AS BIGINT[]))))"
    )
    values = {"batches": list(batches), "now": dt.datetime.now(), "actor": actor}
    changed = "changed_at = $now, changed_by = $actor"
    cursor.execute(
        f"UPDATE quarantine AS q SET status = 'undone', {changed} WHERE q.status = 'open'"
        f" AND q.run_id IN {runs}",
        values,
    )
    cursor.execute(
        f"UPDATE quarantine AS q SET status = 'open', resolved_by = NULL, {changed}"
        f" WHERE q.status = 'loaded' AND q.resolved_by IN {runs} AND q.run_id NOT IN {runs}",
        values,
    )
