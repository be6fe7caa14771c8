"""``python -m core compact``: write the store anew, without the room that nothing uses."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.i18n import _, format_number
from core.settings import Settings
from core.store.copies.compaction import MEGABYTE, compact, space_sentence
from core.store.progress import Watch


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "compact", help=_("write the store anew, without the room that nothing uses")
    )
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it anew, and say what that gave back."""
    before, after = compact(options.store, Watch())
    print(space_sentence(before))
    print(
        _(
            "Written anew: {size} MB now, {saved} MB given back.",
            size=format_number(after.file / MEGABYTE, 1),
            saved=format_number((before.file + before.log - after.file) / MEGABYTE, 1),
        )
    )
    return 0
