"""Bringing a store to the current format: numbered schema files, one transaction, a copy kept."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreError, StoreFormatError
from core.i18n import _
from core.store.connection import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.file.checkpoint import StoreFile

FOLDER = Path(__file__).resolve().parent / "schema"


@cache
def schema_files() -> tuple[Path, ...]:
    """Return the schema files in order; their count is the current format version."""
    return tuple(sorted(FOLDER.glob("[0-9][0-9][0-9]_*.sql")))


def open_current(
    file: StoreFile, connect: Callable[[], duckdb.DuckDBPyConnection]
) -> duckdb.DuckDBPyConnection:
    """Open a file, and make or migrate its tables.

    Parameters
    ----------
    file
        The file; a copy named ``<file>.v<N>`` is kept beside it before a migration.
    connect
        Opens it.

    Raises
    ------
    StoreFormatError
        The file belongs to another program or to a newer version of this one.
    """
    path, connection = file.path, connect()
    try:
        version = checked_version(connection, path)
        if 0 < version < len(schema_files()):
            # Whoever opens and closes the file beside the engine gives up the engine's lock on it (POSIX).
            file.checkpoint(connection)
            connection.close()
            _keep_copy(path, version)
            connection = connect()
        _migrate(connection, path, version)
    except BaseException:
        connection.close()
        raise
    return connection


def checked_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Return the format of an open file, 0 for an empty one; another program's or a newer one is refused."""
    version, current = _format_version(connection, path), len(schema_files())
    if version > current:
        raise StoreFormatError(
            _(
                "The store {path} has format {version}; this program knows formats up to {current}.",
                path=path,
                version=version,
                current=current,
            ),
            _("Update the program, then open the file again."),
        )
    return version


def _keep_copy(path: Path, version: int) -> None:
    """Copy a closed file as it is before the migration; the copy has its name once it is complete."""
    copy = path.with_name(f"{path.name}.v{version}")
    unfinished = copy.with_name(f".{copy.name}.unfinished")
    try:
        shutil.copy2(path, unfinished)
        unfinished.replace(copy)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise disk_trouble(path, error) or StoreError(
            _("The store {path} could not be copied before its upgrade; it is unchanged.", path=path),
            str(error),
        ) from error


def _migrate(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> None:
    current = len(schema_files())
    if version == current:
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        for file in schema_files()[version:]:
            connection.execute(file.read_text("utf-8"))
        if version == 0:
            connection.execute(
                "INSERT INTO meta (format_version, data_version, created_at) VALUES ($format, 1, $now)",
                {"format": current, "now": dt.datetime.now()},
            )
        else:
            connection.execute("UPDATE meta SET format_version = $format", {"format": current})
        connection.execute("COMMIT")
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise disk_trouble(path, error) or StoreFormatError(
            _(
                "The store {path} could not be brought to format {current}; it is unchanged.",
                path=path,
                current=current,
            ),
            str(error),
        ) from error


def _format_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    names = {row[0] for row in connection.execute("SELECT t.table_name FROM duckdb_tables() AS t").fetchall()}
    if not names:
        return 0
    if "meta" not in names:
        raise StoreFormatError(
            _("The file {path} is a database of another program.", path=path),
            _("Choose a store made by this program, or a new file name."),
        )
    # fetchone would leave the result open for as long as the store is: no checkpoint would ever be made.
    rows = connection.execute("SELECT m.format_version FROM meta AS m").fetchall()
    return int(rows[0][0]) if rows else 0
