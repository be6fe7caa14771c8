"""``python -m core check``: tell whether the store is in order."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.i18n import _
from core.settings import Settings
from core.store import integrity
from core.store.copies.compaction import space, space_sentence
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "check", help=_("check keys, references and derived tables of the store")
    )
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument("--repair", action="store_true", help=_("compute derived tables anew"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the store; 0 when it is in order."""
    with Store.open(options.store, create=False) as store:
        if options.repair:
            integrity.repair(store)
        defects = integrity.check(store)
        used = "" if defects else space_sentence(space(store))
    for defect in defects:
        print(defect.message, file=sys.stderr)
    if not defects:
        print(_("The store is in order."))
        print(used)
    elif any(defect.repairable for defect in defects):
        print(_("Derived tables can be put right with --repair."), file=sys.stderr)
    return 1 if defects else 0
