"""Putting another file in the place of a store: complete before, checked after, taken back on failure."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from core.errors import AppError, StoreBusyError, StoreError, StoreFormatError
from core.i18n import _
from core.store.access.carrying import keep_users
from core.store.connection import connect, disk_trouble
from core.store.database import Store
from core.store.file.checkpoint import StoreFile, beside, write_through

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.settings import Settings


@dataclass(frozen=True)
class Replacement:
    """A store that is ready to take the place of another.

    Parameters
    ----------
    target
        Whose place it takes.
    fresh
        Where it lies now, beside it.
    generation
        The number written into it; what is opened afterwards must carry the same.
    """

    target: Path
    fresh: Path
    generation: int
    settings: Settings

    def discard(self) -> None:
        """Remove the file that was prepared; there is none once it took its place."""
        remove_store(self.fresh)


class Exchanged(NamedTuple):
    """What an exchange of files left.

    Parameters
    ----------
    store
        The new one, open.
    aside
        Where the old file is; None where there was none.
    kept_users
        How many users of the old one it kept; None where they couldn't be read.
    """

    store: Store
    aside: Path | None
    kept_users: int | None


def prepare(target: Path, write: Callable[[Path], object], settings: Settings, *, after: int) -> Replacement:
    """Write the file that is to take the place of a store, which may stay open meanwhile.

    Parameters
    ----------
    write
        Writes it under the name it is given.
    after
        Generation of the store whose place it takes; 0 where there is none or none that opens.

    Raises
    ------
    StoreError
        It can't be written, is no store, or is of a newer format.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    replacement = Replacement(target, target.with_name(f".{target.name}.fresh"), 0, settings)
    replacement.discard()
    try:
        write(replacement.fresh)
        with Store.open(replacement.fresh, create=False, settings=settings) as store:
            generation = max(after, store.generation) + 1
            store.stamp(generation)
        for copy in target.parent.glob(f"{replacement.fresh.name}.v*"):
            remove(copy)
        write_through(replacement.fresh)
    except OSError as error:
        replacement.discard()
        raise disk_trouble(target, error) or StoreError(
            _("The new file for {path} could not be written; the store is as it was.", path=target),
            str(error),
        ) from error
    except BaseException:
        replacement.discard()
        raise
    return Replacement(target, replacement.fresh, generation, settings)


def exchange(replacement: Replacement) -> Exchanged:
    """Put a prepared file in the place of a store that is closed, and open it, with the users of before.

    Raises
    ------
    StoreError
        What opens is not the new file, or somebody else holds the old one. The old one is in its place again.
    """
    target = replacement.target
    now = f"{dt.datetime.now():%Y%m%d-%H%M%S-%f}"
    aside = target.with_name(f"{target.name}.{now}.old") if target.exists() else None
    try:
        _swap(replacement, aside)
        store, kept = _open_checked(replacement, aside)
    except (AppError, OSError) as error:
        _put_back(target, aside)
        replacement.discard()
        raise StoreError(
            _("The store could not be exchanged: {reason}", reason=error),
            _("The store from before is in its place again, with everything in it."),
        ) from error
    return Exchanged(store, aside, kept)


def _open_checked(replacement: Replacement, aside: Path | None) -> tuple[Store, int | None]:
    """Open the new file with the users of the old; refuse where an engine of that still lives anywhere."""
    store = Store.open(replacement.target, create=False, settings=replacement.settings)
    try:
        if store.generation != replacement.generation:
            raise StoreBusyError(_("The file from before is still in use."))
        if aside is not None:
            generation_on_disk(aside, replacement.settings)
        return store, keep_users(store, aside)
    except BaseException:
        store.close()
        raise


def generation_on_disk(path: Path, settings: Settings) -> int:
    """Open a closed file to see that nobody holds it; 0 where it is damaged or not there.

    Raises
    ------
    StoreLockedError
        Another process has it open.
    """
    if not path.exists():
        return 0
    file = StoreFile(path)
    try:
        with connect(path, settings) as connection:
            return int(connection.execute("SELECT m.generation FROM meta AS m").fetchall()[0][0])
    except (StoreFormatError, duckdb.Error):
        # Damaged, or of an earlier format; it is put aside, whatever it is.
        return 0
    finally:
        file.close()


def remove(path: Path) -> None:
    """Remove a file or a folder, where there is one."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def remove_store(path: Path | None) -> None:
    """Remove a closed store with what lies beside it, where there is one."""
    if path is not None:
        for file in (path, *beside(path)):
            remove(file)


def _swap(replacement: Replacement, aside: Path | None) -> None:
    """Give the old file a second name, then the new one its name: at no moment is there no store."""
    target = replacement.target
    if aside is not None:
        _second_name(target, aside)
        for file, other in zip(beside(target), beside(aside), strict=True):
            if file.exists():
                _second_name(file, other)
    replacement.fresh.replace(target)
    for file in beside(target):
        remove(file)
    write_through(target.parent)


def _put_back(target: Path, aside: Path | None) -> None:
    if aside is None:
        remove(target)
    elif aside.exists():
        for file, other in zip(beside(target), beside(aside), strict=True):
            if other.exists():
                other.replace(file)
        aside.replace(target)
        # Two names of one file stay two names when one takes the place of the other.
        remove(aside)


def _second_name(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:
        # A file system without hard links.
        shutil.copy2(path, name)
