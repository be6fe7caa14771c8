"""Copies of a store: an online copy of the file, an archive of Parquet files, and the way back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreError, StoreFormatError
from core.i18n import _
from core.settings import Settings
from core.store.connection import connect
from core.store.database import Store
from core.store.loading.source_table import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def backup(store: Store, target: Path) -> Path:
    """Copy an open store while others read and write it.

    Parameters
    ----------
    target
        A file that doesn't exist yet, or a folder: then the file is named after the time.

    Returns
    -------
    pathlib.Path
        The copy. It appears under its name only when it is complete.

    Raises
    ------
    StoreError
        The target exists, or the disk is full.
    """
    if target.is_dir():
        target = target / f"{store.path.stem}-{dt.datetime.now():%Y%m%d-%H%M%S}.duckdb"
    _refuse_existing(target)
    unfinished = target.with_name(f".{target.name}.unfinished")
    _remove(unfinished)

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        own = cursor.execute("SELECT CURRENT_DATABASE()").fetchall()[0][0]
        cursor.execute(f"ATTACH {literal(str(unfinished))} AS backup_copy")
        try:
            cursor.execute(f'COPY FROM DATABASE "{own}" TO backup_copy')
        finally:
            cursor.execute("DETACH backup_copy")

    _run(store, work, target, unfinished)
    return target


def archive(store: Store, target: Path) -> Path:
    """Write every table as a Parquet file, readable by any version and any other program.

    Parameters
    ----------
    target
        A folder that doesn't exist yet.

    Returns
    -------
    pathlib.Path
        The folder, with ``schema.sql``, ``load.sql`` and one Parquet file per table.

    Raises
    ------
    StoreError
        The target exists, or the disk is full.
    """
    _refuse_existing(target)
    unfinished = target.with_name(f".{target.name}.unfinished")
    _remove(unfinished)

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(f"EXPORT DATABASE {literal(str(unfinished))} (FORMAT parquet)")

    _run(store, work, target, unfinished)
    return target


def restore(source: Path, target: Path, settings: Settings | None = None) -> Path | None:
    """Put a backup or an archive in the place of a store that is closed.

    Parameters
    ----------
    source
        A file made by :func:`backup` or a folder made by :func:`archive`.
    target
        The store.

    Returns
    -------
    pathlib.Path or None
        Where the old store was put aside; None where there was none.

    Raises
    ------
    StoreError
        The source is neither, or the store is open somewhere. The old store stays as it was.
    """
    settings = settings or Settings.from_environment()
    if not source.exists():
        raise StoreError(_("There is no backup at {path}.", path=source), _("Check the path."))
    if target.exists():
        # Opening it finds out whether another process holds it, and brings its log into the file.
        connect_and_close(target, settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.restored")
    _remove(fresh)
    try:
        if source.is_dir():
            _read_archive(source, fresh, settings)
        else:
            shutil.copy2(source, fresh)
        # A backup that can't be opened, or is of a newer format, is refused before anything moves.
        Store.open(fresh, create=False, settings=settings).close()
        aside = _put_aside(target)
        fresh.replace(target)
    finally:
        _remove(fresh)
        for leftover in fresh.parent.glob(f"{fresh.name}.*"):
            _remove(leftover)
    return aside


def connect_and_close(path: Path, settings: Settings) -> None:
    """Open a file to see whether it is free; a damaged one may be replaced."""
    try:
        connect(path, settings).close()
    except StoreFormatError:
        return


def _read_archive(source: Path, fresh: Path, settings: Settings) -> None:
    if not (source / "schema.sql").is_file():
        raise StoreError(
            _("The folder {path} is no archive of a store.", path=source),
            _("An archive holds schema.sql, load.sql and Parquet files."),
        )
    connection = connect(fresh, settings)
    try:
        connection.execute(f"IMPORT DATABASE {literal(str(source))}")
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise StoreFormatError(
            _("The archive {path} can't be read.", path=source), str(error).splitlines()[0]
        ) from error
    finally:
        connection.close()


def _put_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    aside = target.with_name(f"{target.name}.{dt.datetime.now():%Y%m%d-%H%M%S-%f}.old")
    target.replace(aside)
    for log in _logs(target):
        log.replace(log.with_name(log.name.replace(target.name, aside.name)))
    return aside


def _logs(path: Path) -> Iterator[Path]:
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        yield log


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise StoreError(_("{path} exists already.", path=target), _("Choose a new name."))
    target.parent.mkdir(parents=True, exist_ok=True)


def _run(
    store: Store, work: Callable[[duckdb.DuckDBPyConnection], None], target: Path, unfinished: Path
) -> None:
    try:
        with store.cursor() as cursor:
            work(cursor)
        unfinished.replace(target)
    except (duckdb.Error, OSError) as error:
        raise StoreError(
            _("The copy {path} could not be written.", path=target), str(error).splitlines()[0]
        ) from error
    finally:
        _remove(unfinished)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
