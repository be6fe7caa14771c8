"""``python -m core backup``: a copy of the store, an archive of Parquet files, or the copy of a night."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from core.errors import InputError, StoreLockedError
from core.i18n import _
from core.settings import Settings
from core.store.backup import archive, backup
from core.store.database import Store
from core.store.nightly.copies import make_nightly_copy
from core.store.nightly.request import CopyRequest, ask


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "backup", help=_("copy the store to a file or an archive")
    )
    settings = Settings.from_environment()
    parser.add_argument(
        "target", type=Path, nargs="?", metavar="TARGET", help=_("a new file, or a folder for it")
    )
    parser.add_argument("--store", type=Path, default=settings.store, help=_("the store"))
    parser.add_argument(
        "--archive", action="store_true", help=_("write Parquet files that any version can read")
    )
    parser.add_argument(
        "--into", type=Path, metavar="DIR", help=_("nightly: a folder for copies; the app may be running")
    )
    parser.add_argument(
        "--keep", type=int, metavar="N", help=_("nightly: copies that stay in the folder, else as set")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the copy."""
    _check(options)
    if options.into is not None:
        written = _nightly(options.store, options.into.resolve(), options.keep)
    else:
        with Store.open(options.store, create=False) as store:
            written = archive(store, options.target) if options.archive else backup(store, options.target)
    print(_("The copy is {path}.", path=written))
    return 0


def _check(options: argparse.Namespace) -> None:
    if (options.target is None) == (options.into is None):
        raise InputError(_("Expected either a TARGET or --into."), _("Name one of them."))
    if options.into is None and options.keep is not None:
        raise InputError(_("--keep goes with --into."), _("A copy made by hand is never removed."))
    if options.into is not None and options.archive:
        raise InputError(_("--archive goes with a TARGET."), _("Copies of a night are files of the store."))


def _nightly(path: Path, into: Path, keep: int | None) -> Path:
    """Copy the store; where the app has it open, have the app do it.

    Raises
    ------
    StoreLockedError
        A process has the store open that takes no requests.
    """
    keep = Settings.from_environment().backup_keep if keep is None else keep
    try:
        with Store.open(path, create=False) as store:
            return make_nightly_copy(store, into, keep)
    except StoreLockedError:
        written = ask(path, CopyRequest(str(into), keep, _account()))
        if written is None:
            raise
        return written


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
