"""Bringing a store to the current format: numbered schema files, one transaction, a copy kept."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreFormatError
from core.i18n import _

if TYPE_CHECKING:
    import os

FOLDER = Path(__file__).resolve().parent / "schema"


@cache
def schema_files() -> tuple[Path, ...]:
    """Return the schema files in order; their count is the current format version."""
    return tuple(sorted(FOLDER.glob("[0-9][0-9][0-9]_*.sql")))


def prepare(connection: duckdb.DuckDBPyConnection, path: os.PathLike[str]) -> None:
    """Make or migrate the tables of an open file.

    Parameters
    ----------
    path
        Where it is; a copy named ``<file>.v<N>`` is kept beside it before a migration.

    Raises
    ------
    StoreFormatError
        The file belongs to another program or to a newer version of this one.
    """
    version = _format_version(connection, path)
    current = len(schema_files())
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
    if version == current:
        return
    if version > 0:
        connection.execute("CHECKPOINT")
        shutil.copy2(path, f"{Path(path)}.v{version}")
    connection.execute("BEGIN TRANSACTION")
    try:
        for file in schema_files()[version:]:
            connection.execute(file.read_text("utf-8"))
        if version == 0:
            connection.execute(
                "INSERT INTO meta VALUES ($format, 1, $now)", {"format": current, "now": dt.datetime.now()}
            )
        else:
            connection.execute("UPDATE meta SET format_version = $format", {"format": current})
        connection.execute("COMMIT")
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise StoreFormatError(
            _(
                "The store {path} could not be brought to format {current}; it is unchanged.",
                path=path,
                current=current,
            ),
            str(error),
        ) from error


def _format_version(connection: duckdb.DuckDBPyConnection, path: os.PathLike[str]) -> int:
    names = {row[0] for row in connection.execute("SELECT t.table_name FROM duckdb_tables() AS t").fetchall()}
    if not names:
        return 0
    if "meta" not in names:
        raise StoreFormatError(
            _("The file {path} is a database of another program.", path=path),
            _("Choose a store made by this program, or a new file name."),
        )
    row = connection.execute("SELECT m.format_version FROM meta AS m").fetchone()
    return int(row[0]) if row else 0
