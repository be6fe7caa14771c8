"""A copy of the store and its photos in a folder, and the old copies that go for it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError, StoreError
from core.i18n import _
from core.store.audit.events import Event, EventKind, record_event
from core.store.backup import backup
from core.store.cycle.day.photos import folder as photo_folder

if TYPE_CHECKING:
    from core.store.database import Store

_STAMP = "%Y%m%d-%H%M%S"
PHOTOS = "photos"
"""Ending of the list of photos that belong to a copy."""


def nightly_copies(into: Path, stem: str) -> list[Path]:
    """Return the nightly copies of a store, the latest first; copies that people made are none."""
    name = re.compile(rf"{re.escape(stem)}-nightly-\d{{8}}-\d{{6}}\.duckdb")
    return sorted((file for file in into.glob("*.duckdb") if name.fullmatch(file.name)), reverse=True)


def last_nightly_copy(into: Path, stem: str) -> dt.datetime | None:
    """Return when the latest nightly copy of a store was made, as its name says; None where there is none."""
    copies = nightly_copies(into, stem)
    return dt.datetime.strptime(copies[0].stem[-15:], _STAMP) if copies else None


def make_nightly_copy(store: Store, into: Path, keep: int) -> Path:
    """Copy an open store and its photos while others work, then remove the copies beyond those to keep.

    Parameters
    ----------
    into
        A folder, best on another disk; made where it is missing.
    keep
        How many copies stay; at least 1.

    Returns
    -------
    pathlib.Path
        The new copy. The photos lie beside it in one folder for all copies.

    Raises
    ------
    InputError
        Fewer than one copy would stay.
    StoreError
        The copy can't be written; no old one was removed.
    """
    if keep < 1:
        raise InputError(
            _("{keep} copies can't be kept.", keep=keep), _("Keep at least 1; 14 are two weeks of nights.")
        )
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_("The folder {path} can't be made.", path=into), str(error.strerror)) from error
    stem = store.path.stem
    copy = backup(store, into / f"{stem}-nightly-{dt.datetime.now():{_STAMP}}.duckdb")
    _copy_photos(photo_folder(store), into, copy)
    for old in nightly_copies(into, stem)[keep:]:
        old.unlink()
        old.with_suffix(f".{PHOTOS}").unlink(missing_ok=True)
        record_event(store, Event(EventKind.BACKUP, "remove_backup", entity_key=str(old)))
    _remove_photos(into, stem)
    return copy


def kept_photos(into: Path, stem: str) -> Path:
    """Return the folder that holds the photos of all nightly copies of a store."""
    return into / f"{stem}-photos"


def _copy_photos(source: Path, into: Path, copy: Path) -> None:
    """Copy the photos that no earlier copy has, and list those that belong to this one."""
    names = sorted(file.name for file in source.glob("*.jpg")) if source.is_dir() else []
    target = kept_photos(into, source.name.removesuffix("-photos"))
    try:
        for name in names:
            if not (target / name).exists():
                target.mkdir(exist_ok=True)
                unfinished = target / f".{name}"
                # One that was removed meanwhile belongs to no visit any more.
                with suppress(FileNotFoundError):
                    shutil.copyfile(source / name, unfinished)
                    unfinished.replace(target / name)
        copy.with_suffix(f".{PHOTOS}").write_text("\n".join(names), "utf-8")
    except OSError as error:
        raise StoreError(
            _("The photos could not be copied to {path}.", path=target), str(error.strerror)
        ) from error


def _remove_photos(into: Path, stem: str) -> None:
    """Remove the photos that belong to none of the copies kept."""
    wanted: set[str] = set()
    for copy in nightly_copies(into, stem):
        with suppress(FileNotFoundError):
            wanted.update(copy.with_suffix(f".{PHOTOS}").read_text("utf-8").splitlines())
    for file in kept_photos(into, stem).glob("*.jpg"):
        if file.name not in wanted:
            file.unlink(missing_ok=True)
