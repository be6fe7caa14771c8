"""Copies of a store: an online copy of the file, an archive of Parquet files, and the way back."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreError
from core.i18n import _
from core.settings import Settings
from core.store.access.carrying import users_sentence
from core.store.audit.carrying import record_restore
from core.store.audit.events import Event, EventKind, record_event
from core.store.connection import disk_trouble
from core.store.copies import foreign_store
from core.store.copies.replacement import exchange, generation_on_disk, prepare, remove
from core.store.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store

ABANDONED_SECONDS = 3600.0
"""After so long nobody goes on writing a copy that is not complete."""


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
    remove(unfinished)

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        own = cursor.execute("SELECT CURRENT_DATABASE()").fetchall()[0][0]
        cursor.execute(f"ATTACH {literal(str(unfinished))} AS backup_copy")
        try:
            cursor.execute(f'COPY FROM DATABASE "{own}" TO backup_copy')
            cursor.execute("CHECKPOINT backup_copy")
        finally:
            cursor.execute("DETACH backup_copy")

    _run(store, work, target, unfinished)
    record_event(store, Event(EventKind.BACKUP, "backup", entity_key=str(target)))
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
    remove(unfinished)

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(f"EXPORT DATABASE {literal(str(unfinished))} (FORMAT parquet)")

    _run(store, work, target, unfinished)
    record_event(store, Event(EventKind.BACKUP, "archive", entity_key=str(target)))
    return target


def restore(source: Path, target: Path, settings: Settings | None = None) -> tuple[Path | None, str]:
    """Put a backup or an archive in the place of a store that is closed.

    Parameters
    ----------
    source
        A file made by :func:`backup` or a folder made by :func:`archive`.

    Returns
    -------
    tuple of path and str
        Where the old store was put aside, None where there was none; and whose users it has now, in words.

    Raises
    ------
    StoreError
        The source is neither, or the store is open somewhere. The old store stays as it was.
    """
    settings = settings or Settings.from_environment()
    after = generation_on_disk(target, settings)
    exchanged = exchange(prepare(target, lambda fresh: write_copy(source, fresh), settings, after=after))
    with exchanged.store as store:
        record_restore(store, source, exchanged)
        return exchanged.aside, users_sentence(store, exchanged.kept_users)


def write_copy(source: Path, fresh: Path) -> None:
    """Write the store that a backup or an archive holds under a new name.

    Raises
    ------
    StoreError
        The source is not there, or is neither.
    """
    if not source.exists():
        raise StoreError(_("There is no backup at {path}.", path=source), _("Check the path."))
    if not source.is_dir():
        shutil.copyfile(source, fresh)
        foreign_store.check_copy(source, fresh)
        return
    if not (source / "schema.sql").is_file():
        raise StoreError(
            _("The folder {path} is no archive of a store.", path=source),
            _("An archive holds schema.sql, load.sql and Parquet files."),
        )
    # The statements of an archive reach no folder but this.
    with TemporaryDirectory(dir=fresh.parent, prefix=".restoring-") as folder:
        foreign_store.read_archive(source, Path(folder) / fresh.name)
        (Path(folder) / fresh.name).replace(fresh)


def clear_unfinished(store: Path, backups: Path) -> None:
    """Remove copies that a killed process left half written, beside a store and among its backups.

    Only those that nobody wrote for an hour: another process may just be restoring.
    """
    left = (
        *store.parent.glob(f".{store.name}.fresh*"),
        *store.parent.glob(f".{store.name}.v*.unfinished*"),
        *store.parent.glob(".restoring-*"),
        *backups.glob(f".{store.stem}-*.unfinished*"),
    )
    for path in left:
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                remove(path)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise StoreError(_("{path} exists already.", path=target), _("Choose a new name."))
    target.parent.mkdir(parents=True, exist_ok=True)


def _run(
    store: Store, work: Callable[[duckdb.DuckDBPyConnection], None], target: Path, unfinished: Path
) -> None:
    try:
        with store.administered("backup").cursor() as cursor:
            work(cursor)
        unfinished.replace(target)
    except (duckdb.Error, OSError) as error:
        raise disk_trouble(target, error) or StoreError(
            _("The copy {path} could not be written.", path=target), str(error).splitlines()[0]
        ) from error
    finally:
        remove(unfinished)
