"""The store's tables as Parquet files, read by an engine in memory, without a store's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import InputError, StoreError
from core.i18n import _
from core.settings import Settings
from core.store.connection import connect
from core.store.migration import schema_files
from core.store.sql_text import literal, quoted

if TYPE_CHECKING:
    import pyarrow as pa

    from core.store.database import Store


class ParquetTables:
    """An engine in memory that holds the store's tables, empty, until files take their place.

    It also tells what a statement returns: the types of its columns are those the store gives.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._connection = connect(Path(":memory:"), settings or Settings.from_environment())
        for file in schema_files():
            self._connection.execute(file.read_text("utf-8"))

    def close(self) -> None:
        """Free the memory; a second call does nothing."""
        self._connection.close()

    def columns(self, table: str) -> dict[str, str]:
        """Return the SQL type of each column of a table; empty where there is no such table."""
        rows = self._connection.execute(
            "SELECT c.column_name, c.data_type FROM duckdb_columns() AS c"
            " WHERE c.table_name = $table AND c.schema_name = 'main' AND NOT c.internal"
            " ORDER BY c.column_index",
            {"table": table},
        ).fetchall()
        return {str(name): str(kind) for name, kind in rows}

    def columns_of(self, files: Sequence[str]) -> dict[str, str]:
        """Return the SQL type of each column of Parquet files."""
        return self._described(f"SELECT * FROM {_scan(files)}", {})

    def declare(self, table: str, columns: Mapping[str, str]) -> None:
        """Make an empty table, in the place of one that has its name."""
        parts = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
        self._drop(table)
        self._run(f"CREATE TABLE {quoted(table)} ({parts})")

    def register(self, table: str, files: Sequence[str]) -> None:
        """Let Parquet files be a table; columns of the store's table that they lack are NULL.

        Parameters
        ----------
        files
            Paths, with ``*`` where wanted.

        Raises
        ------
        StoreError
            The files are not there or are no Parquet, or a column can't be read as the store's type.
        """
        given, wanted = self.columns_of(files), self.columns(table)
        parts = [
            f"CAST({quoted(name) if name in given else 'NULL'} AS {kind}) AS {quoted(name)}"
            for name, kind in (wanted or given).items()
        ]
        self._drop(table)
        self._run(f"CREATE VIEW {quoted(table)} AS SELECT {', '.join(parts)} FROM {_scan(files)}")

    def fetch(self, text: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT and return all its rows."""
        try:
            return self._connection.sql(text, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            raise StoreError(_("The store could not answer: {reason}", reason=error)) from error

    def schema(self, text: str, parameters: Mapping[str, object] | None = None) -> pa.Schema:
        """Return the columns that a SELECT gives, without its rows."""
        return self.fetch(f"SELECT * FROM (\n{text}\n) LIMIT 0", parameters).schema

    def _described(self, text: str, parameters: Mapping[str, object]) -> dict[str, str]:
        try:
            relation = self._connection.sql(text, params=dict(parameters))
            return {name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}
        except duckdb.Error as error:
            raise StoreError(_("The files can't be read: {reason}", reason=error)) from error

    def _drop(self, name: str) -> None:
        rows = self._connection.execute(
            "SELECT t.table_type FROM information_schema.tables AS t WHERE t.table_name = $name"
            " AND t.table_schema = 'main'",
            {"name": name},
        ).fetchall()
        for (kind,) in rows:
            self._run(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {quoted(name)}")

    def _run(self, text: str) -> None:
        try:
            self._connection.execute(text)
        except duckdb.Error as error:
            raise StoreError(_("The files can't be read: {reason}", reason=error)) from error


_SHARED_ROWS = {
    "app_user": "LIMIT 0",
    "app_user_email": "LIMIT 0",
    "audit_event": "LIMIT 0",
    "audit_log": "WHERE COALESCE(entity, '') NOT LIKE '%app_user%'",
}
"""What of a table may lie where a cluster sees it, in SQL; all of those not named here."""


def _scan(files: Sequence[str]) -> str:
    if not files:
        raise InputError(_("No Parquet file was named."))
    return f"read_parquet([{', '.join(literal(file) for file in files)}], union_by_name = true)"


def write_tables(store: Store, folder: Path) -> dict[str, Path]:
    """Write every table of a store to a folder, one Parquet file each; who may sign in stays at home.

    Returns
    -------
    dict
        The file of each table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = store.fetch(
        "SELECT t.table_name AS name FROM duckdb_tables() AS t"
        " WHERE t.schema_name = 'main' AND NOT t.internal ORDER BY t.table_name"
    )["name"].to_pylist()
    files = {str(name): folder / f"{name}.parquet" for name in names}
    with store.cursor() as cursor:
        for name, file in files.items():
            unfinished = file.with_name(f".{file.name}.unfinished")
            source = f"(FROM {quoted(name)} {_SHARED_ROWS[name]})" if name in _SHARED_ROWS else quoted(name)
            cursor.execute(f"COPY {source} TO {literal(str(unfinished))} (FORMAT parquet)")
            unfinished.replace(file)
    return files
