"""``python -m core restore``: a backup or an archive in the place of the store."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.i18n import _
from core.settings import Settings
from core.store.backup import restore


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "restore", help=_("put a backup or an archive in the place of the store")
    )
    parser.add_argument("source", type=Path, metavar="BACKUP", help=_("a backup file or an archive folder"))
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Restore, and say where the old store is."""
    aside = restore(options.source, options.store)
    print(_("{source} was restored to {path}.", source=options.source, path=options.store))
    if aside is not None:
        print(_("The store that was there is kept as {path}.", path=aside))
    return 0
