"""Opening the file, and saying in words why it can't be opened or written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreBusyError, StoreError, StoreFormatError, StoreLockedError
from core.i18n import _
from core.workspace import own_folder

if TYPE_CHECKING:
    from pathlib import Path

    from core.settings import Settings

_NEVER = "1TB"
"""Log after which the engine makes a checkpoint by itself; see :mod:`core.store.file.checkpoint`."""
_FULL = re.compile(r"no space left|disk quota|file too large|not enough space|out of disk", re.IGNORECASE)
_READ_ONLY = re.compile(r"read-only|permission denied|access is denied|not permitted", re.IGNORECASE)


def connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file for reading and writing.

    Raises
    ------
    StoreLockedError
        Another process has the file open.
    StoreFormatError
        The file is damaged or no DuckDB file, or from a newer DuckDB.
    StoreError
        The disk is full or can't be written, or a setting is none that the engine takes.
    """
    try:
        spill = own_folder(settings.temp)
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(path, error) or StoreError(
            _("The folder {path} can't be made.", path=error.filename), str(error.strerror)
        ) from error
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory,
        "threads": str(settings.threads),
        "temp_directory": str(spill),
        "checkpoint_threshold": _NEVER,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(path), config=config)
        connection.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
    except duckdb.Error as error:
        raise disk_trouble(path, error) or explain(path, error) from error
    return connection


def disk_trouble(path: Path, error: Exception) -> StoreError | None:
    """Return what is wrong with the disk under a file; None where the error is another one."""
    text = str(error)
    if _FULL.search(text):
        return StoreError(
            _("The disk that holds {path} is full.", path=path),
            _("Free some space, then try again. What was saved before is unharmed."),
        )
    if _READ_ONLY.search(text):
        return StoreError(
            _("{path} can't be written: the disk or the folder is read-only for this program.", path=path),
            _("Allow writing there, or name another file in SHENGENG_STORE. The file was left as it is."),
        )
    return None


def explain(path: Path, error: duckdb.Error) -> StoreError:
    """Return why a file can't be opened."""
    text = str(error)
    # “block” is what a damaged file is about.
    if re.search(r"\block\b", text, re.IGNORECASE):
        holder = re.search(r"PID (\d+)", text)
        process = _("process {pid}", pid=holder.group(1)) if holder else _("another process")
        return StoreLockedError(
            _("The store {path} is open in {process}.", path=path, process=process),
            _("Close that program, or work on a copy (a backup) of the file."),
        )
    if "different configuration" in text:
        return StoreBusyError(
            _("The store {path} is still in use in this program.", path=path), _("Try again in a minute.")
        )
    if path.is_dir():
        return StoreError(
            _("{path} is a folder, no store.", path=path),
            _("Name a file, for example {name}.", name=path / "market.duckdb"),
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
