"""Putting staged rows into a table: only rows that differ are touched, what they displace is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.store.loading.source_table import Mode
from core.store.loading.staging import Stage, default
from core.store.loading.wgs84 import located
from core.store.sql_text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from core.tables import Table

SORTED_BY = {"terminal": ("cell", "terminal_id")}
"""Where the order on disk is by a derived column; else it is ``sorted_by`` of the table."""
_LARGE = 500_000
_RESORT_SHARE = 0.1


@dataclass(frozen=True)
class Changes:
    """Rows that a file inserted, updated and deleted."""

    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    def __bool__(self) -> bool:
        return bool(self.inserted or self.updated or self.deleted)


def sorting(table: Table, columns: Collection[str]) -> list[str]:
    """Return what a table is stored sorted by.

    Parameters
    ----------
    columns
        The columns the rows have.

    Returns
    -------
    list of str
        The sorting columns; behind them, where they begin the key, the rest of the key, which brings
        equal keys side by side.
    """
    names = [name for name in SORTED_BY.get(table.name, table.sorted_by) if name in columns]
    if in_key_order(table):
        names += [name for name in table.key if name not in names and name in columns]
    return names


def in_key_order(table: Table) -> bool:
    """Tell whether equal keys lie side by side in a freshly written table."""
    return bool(table.sorted_by) and set(table.sorted_by) <= set(table.key)


def is_empty(cursor: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Tell whether a table has no row."""
    return not cursor.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchall()


def merge(cursor: duckdb.DuckDBPyConnection, stage: Stage, mode: Mode, batch: int) -> Changes:
    """Insert new rows and replace those that differ.

    Parameters
    ----------
    mode
        With ``upsert``, a column that the file doesn't have keeps its stored value; with ``replace``
        it becomes its default.
    """
    table = stage.table
    if is_empty(cursor, table):
        _fill(cursor, stage, batch)
        return Changes(inserted=stage.rows)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE change AS {_differences(stage, mode)}")
    inserted, updated = cursor.execute(
        "SELECT COUNT(*) FILTER (WHERE c._old IS NULL), COUNT(c._old) FROM change AS c"
    ).fetchall()[0]
    if updated:
        displace(cursor, table.name, "SELECT c._old FROM change AS c WHERE c._old IS NOT NULL", batch)
    if inserted or updated:
        columns = [column.name for column in table.columns]
        _insert(cursor, table, "SELECT c.* EXCLUDE (_old) FROM change AS c", batch, columns=columns)
        keep_sorted(cursor, table, inserted + updated)
    cursor.execute("DROP TABLE change")
    return Changes(inserted=int(inserted), updated=int(updated))


def _fill(cursor: duckdb.DuckDBPyConnection, stage: Stage, batch: int) -> None:
    """Insert all rows into an empty table."""
    name, columns = stage.name, stage.raw.columns
    if stage.keys is not None and not stage.keys.rise:
        name = f"{stage.name}_ordered"
        cursor.register(name, stage.keys.ordered(list(columns)))
    # Absent columns take the default of the schema, so that the sort need not carry them.
    present = ", ".join(f"s.{quoted(column)} AS {quoted(column)}" for column in columns)
    rows = f"SELECT {present} FROM {name} AS s"
    _insert(cursor, stage.table, rows, batch, columns=columns, is_sorted=stage.keys is not None)
    if name != stage.name:
        cursor.unregister(name)


def delete_absent(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], batch: int) -> int:
    """Delete the stored rows whose key is in none of the files for their table.

    Returns
    -------
    int
        How many there were.
    """
    table = stages[0].table
    keys = " UNION ALL ".join(
        "SELECT "
        + ", ".join(f"{stage.value(k)} AS {quoted(k)}" for k in table.key)
        + f" FROM {stage.name} AS s"
        for stage in stages
    )
    same = " AND ".join(f"t.{quoted(k)} IS NOT DISTINCT FROM k.{quoted(k)}" for k in table.key)
    return displace(
        cursor, table.name, f"SELECT t.rowid FROM {table.name} AS t ANTI JOIN ({keys}) AS k ON {same}", batch
    )


def displace(cursor: duckdb.DuckDBPyConnection, table: str, rowids: str, batch: int) -> int:
    """Move rows from a table to its history.

    Parameters
    ----------
    rowids
        A query of their row ids.
    batch
        The batch that displaces them; undoing it brings them back.
    """
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE displaced AS {rowids}")
    where = "WHERE t.rowid IN (SELECT d.* FROM displaced AS d)"
    cursor.execute(
        f"INSERT INTO history.{table} BY NAME SELECT t.*, {batch} AS displaced_by FROM {table} AS t {where}"
    )
    count = cursor.execute(f"DELETE FROM {table} AS t {where}").fetchall()[0][0]
    cursor.execute("DROP TABLE displaced")
    return int(count)


def _row(stage: Stage, stored: str | None) -> str:
    values = []
    for column in stage.table.columns:
        value = stage.value(column.name)
        if stored and not stage.has(column.name) and column.name not in stage.table.key:
            value = (
                f"CASE WHEN t.rowid IS NULL THEN {default(column)} ELSE {stored}.{quoted(column.name)} END"
            )
        values.append(f"{value} AS {quoted(column.name)}")
    return ", ".join(values)


def _differences(stage: Stage, mode: Mode) -> str:
    table = stage.table
    same_key = " AND ".join(f"t.{quoted(k)} IS NOT DISTINCT FROM {stage.value(k)}" for k in table.key)
    compared = [
        column.name
        for column in table.columns
        if column.name not in table.key and (stage.has(column.name) or mode is Mode.REPLACE)
    ]
    differs = " OR ".join(f"t.{quoted(c)} IS DISTINCT FROM {stage.value(c)}" for c in compared) or "FALSE"
    return (
        f"SELECT {_row(stage, 't' if mode is Mode.UPSERT else None)}, t.rowid AS _old"
        f" FROM {stage.name} AS s LEFT JOIN {table.name} AS t ON {same_key}"
        f" WHERE t.rowid IS NULL OR {differs}"
    )


def _insert(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    rows: str,
    batch: int,
    *,
    columns: Collection[str],
    is_sorted: bool = False,
) -> None:
    if table.name == "terminal":
        rows = located(cursor, rows, columns)
        columns = (*columns, "cell")
    keys = [] if is_sorted else [f"r.{quoted(name)}" for name in sorting(table, columns)]
    sorted_rows = f"SELECT r.* FROM ({rows}) AS r" + (f" ORDER BY {', '.join(keys)}" if keys else "")
    cursor.execute(
        f"INSERT INTO {table.name} BY NAME SELECT o.*, {batch} AS batch_id FROM ({sorted_rows}) AS o"
    )


def keep_sorted(cursor: duckdb.DuckDBPyConnection, table: Table, changed: int) -> None:
    """Rewrite a large table in order once enough of it has come in at its end."""
    names = sorting(table, [column.name for column in table.columns] + ["cell"])
    keys = [f"t.{quoted(name)}" for name in names]
    total = cursor.execute(f"SELECT COUNT(*) FROM {table.name}").fetchall()[0][0]
    if not keys or total < _LARGE or changed < _RESORT_SHARE * total:
        return
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE resorted AS SELECT * FROM {table.name} AS t ORDER BY {', '.join(keys)}"
    )
    cursor.execute(f"DELETE FROM {table.name}")
    cursor.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM resorted")
    cursor.execute("DROP TABLE resorted")
