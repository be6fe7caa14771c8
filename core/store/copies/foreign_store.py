"""A backup or an archive of somebody else: opened in a process of its own before this one touches it.

A file may hold views that read other files, and an archive any SQL. So both are opened where nothing but
their own folder can be reached, read through, and held against the tables that their format has.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import ImportRefusedError, StoreFormatError
from core.i18n import _
from core.sandbox import Task
from core.settings import Settings
from core.store.connection import explain
from core.store.migration import checked_version, schema_files
from core.store.sql_text import literal, quoted
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_MEMORY = "768MB"
_NAMED = 5
_DERIVED = re.compile(r"[a-z_]+_[0-9a-f]{16}(_\w+)?")
"""Tables that are made anew when they are missing."""
_CATALOG = (
    "SELECT c.schema_name, c.table_name, c.column_name, c.data_type FROM duckdb_columns() AS c"
    " WHERE NOT c.internal AND c.database_name = CURRENT_DATABASE()"
)
_OTHERS = (
    "SELECT v.view_name FROM duckdb_views() AS v WHERE NOT v.internal"
    " UNION ALL SELECT f.function_name FROM duckdb_functions() AS f WHERE NOT f.internal"
    " UNION ALL SELECT t.type_name FROM duckdb_types() AS t WHERE NOT t.internal"
)


def check_copy(source: Path, fresh: Path) -> None:
    """Check a copy of a backup before it is opened for work.

    Parameters
    ----------
    source
        What messages call the file.
    fresh
        The copy.

    Raises
    ------
    StoreFormatError
        It is damaged, no store, of a newer format, or holds more than a store has.
    """
    _apart(source, fresh.stat().st_size, look_through, fresh, source)


def read_archive(source: Path, fresh: Path) -> None:
    """Write the store that an archive holds.

    Parameters
    ----------
    source
        A folder of Parquet files with ``schema.sql`` and ``load.sql``.
    fresh
        A file in a folder of its own.

    Raises
    ------
    StoreFormatError
        As for :func:`check_copy`.
    """
    size = sum(file.stat().st_size for file in source.iterdir() if file.is_file())
    _apart(source, size, rebuild, source.absolute(), fresh.absolute())


def _apart(source: Path, size: int, work: Callable[..., None], *arguments: Path) -> None:
    try:
        Task(source.name, size).read(work, *arguments)
    except ImportRefusedError as error:
        raise StoreFormatError(error.message, error.hint) from error


def look_through(path: Path, source: Path) -> None:
    """Open a file for reading alone, and read every row of it."""
    try:
        with _connect(path, read_only=True) as connection:
            _check(connection, source)
    except duckdb.Error as error:
        raise explain(source, error) from error


def rebuild(source: Path, fresh: Path) -> None:
    """Run the statements of an archive where nothing but it and the new file can be reached."""
    try:
        with _connect(fresh, reach=(source, fresh.parent)) as connection:
            connection.execute(f"IMPORT DATABASE {literal(str(source))}")
            _check(connection, source)
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(f"{fresh.parent}/", "")
        raise StoreFormatError(_("The archive {path} can't be read.", path=source), reason) from error


def _connect(
    path: Path, *, read_only: bool = False, reach: tuple[Path, ...] = ()
) -> duckdb.DuckDBPyConnection:
    settings = Settings.from_environment()
    config: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "threads": str(settings.threads),
        "temp_directory": str(own_folder(settings.temp)),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(path), read_only=read_only, config=config)
    if reach:
        folders = ", ".join(literal(str(folder)) for folder in reach)
        connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _check(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    version = checked_version(connection, source)
    tables = _tables(connection)
    expected = _expected(version)
    strange = [name for name in tables.keys() ^ expected.keys() if not _DERIVED.fullmatch(name[1])]
    strange += [name for name in tables.keys() & expected.keys() if tables[name] != expected[name]]
    others = [str(name) for (name,) in connection.execute(_OTHERS).fetchall()]
    if strange or others or not version:
        names = [*sorted({name[1] for name in strange}), *others][:_NAMED]
        raise StoreFormatError(
            _("The file {path} isn't as this program writes its stores.", path=source),
            _("Different is: {names}.", names=", ".join(names) or "–"),
        )
    for schema, table in tables:
        # A checksum that fails, or a page that can't be unpacked, shows only where it is read.
        connection.execute(f"SELECT BIT_XOR(HASH(t)) FROM {quoted(schema)}.{quoted(table)} AS t").fetchall()


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for schema, table, column, kind in connection.execute(_CATALOG).fetchall():
        found.setdefault((schema, table), []).append((column, kind))
    return {name: sorted(columns) for name, columns in found.items()}


def _expected(version: int) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the tables that a store of a format has."""
    with duckdb.connect() as connection:
        for file in schema_files()[:version]:
            connection.execute(file.read_text("utf-8"))
        return _tables(connection)
