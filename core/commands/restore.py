"""``python -m core restore``: a backup or an archive in the place of the store, or only the drill of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.i18n import _, format_number, ngettext
from core.settings import Settings
from core.store.backup import restore
from core.store.nightly.drill import restore_drill


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "restore", help=_("put a backup or an archive in the place of the store")
    )
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="BACKUP", help=_("a backup file or an archive folder")
    )
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument(
        "--drill",
        type=Path,
        metavar="DIR",
        help=_("restore the newest nightly copy of this folder to try it; the store stays as it is"),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Restore and say where the old store is, or hold the drill; 1 when the copy is not sound."""
    if (options.source is None) == (options.drill is None):
        raise InputError(_("Expected either a BACKUP or --drill."), _("Name one of them."))
    if options.drill is not None:
        return _drill(options.drill, options.store.stem)
    aside, users = restore(options.source, options.store)
    print(_("{source} was restored to {path}.", source=options.source, path=options.store))
    if aside is not None:
        print(_("The store that was there is kept as {path}.", path=aside))
    if users:
        print(users)
    return 0


def _drill(folder: Path, stem: str) -> int:
    drill = restore_drill(folder, stem)
    rows = format_number(sum(drill.rows.values()))
    print(_("{copy}: data version {version}, {rows} rows.", copy=drill.copy.name,
            version=drill.data_version, rows=rows))  # fmt: skip
    for defect in drill.defects:
        print(defect.message)
    if drill.missing_photos:
        print(ngettext("{n} photo is missing.", "{n} photos are missing.", drill.missing_photos))
    if drill.is_sound:
        print(_("It can take the place of the store."))
    return 0 if drill.is_sound else 1
