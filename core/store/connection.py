"""Opening the file, and saying in words why it can't be opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreFormatError, StoreLockedError
from core.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from core.settings import Settings


def connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file for reading and writing.

    Raises
    ------
    StoreLockedError
        Another process has the file open.
    StoreFormatError
        The file is damaged or no DuckDB file, or from a newer DuckDB.
    """
    settings.temp.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory,
        "threads": str(settings.threads),
        "temp_directory": str(settings.temp),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(path), config=config)
        connection.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")
    except duckdb.Error as error:
        raise _explain(path, error) from error
    return connection


def _explain(path: Path, error: duckdb.Error) -> StoreLockedError | StoreFormatError:
    text = str(error)
    # “block” is what a damaged file is about.
    if re.search(r"\block\b", text, re.IGNORECASE):
        holder = re.search(r"PID (\d+)", text)
        process = _("process {pid}", pid=holder.group(1)) if holder else _("another process")
        return StoreLockedError(
            _("The store {path} is open in {process}.", path=path, process=process),
            _("Close that program, or work on a copy (a backup) of the file."),
        )
    if "newer" in text.lower() or "version number" in text.lower():
        return StoreFormatError(
            _("The store {path} was made by a newer version of this program.", path=path),
            _("Update the program, then open the file again."),
        )
    return StoreFormatError(
        _("The file {path} is damaged or is no store.", path=path),
        _(
            "Restore the last backup; the file itself was left as it is. ({reason})",
            reason=text.splitlines()[0],
        ),
    )
