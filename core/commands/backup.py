"""``python -m core backup``: a copy of the store, or an archive of Parquet files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.i18n import _
from core.settings import Settings
from core.store.backup import archive, backup
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "backup", help=_("copy the store to a file or an archive")
    )
    parser.add_argument("target", type=Path, metavar="TARGET", help=_("a new file, or a folder for it"))
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument(
        "--archive", action="store_true", help=_("write Parquet files that any version can read")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the copy."""
    with Store.open(options.store, create=False) as store:
        written = archive(store, options.target) if options.archive else backup(store, options.target)
    print(_("The copy is {path}.", path=written))
    return 0
